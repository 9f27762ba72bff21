import fc from 'fast-check';
import {
  type AlarmRule,
  defaultAlarmRules,
  gapsIn,
  judge,
  meanKineticTemperature,
  minutesWithin,
  readLogger,
  type Sample,
  samplesOf,
  staysBeyond,
} from '.';

const export2L = `Device: Q-tag Fridge-tag 2 L
Vers: 0.5
Conf:
 Serial: 700000000007
 Temp unit: C
 Alarm:
  0:
   T AL: -0.5, t AL: 60
  1:
   T AL: +8.0, t AL: 600
 Logging Interval: 5
Hist:
 TS Actv: 2031-03-04 07:00
 TS Report Creation: 2031-03-04 23:50
 1:
  Date: 2031-03-04
  Min T: +3.1, TS Min T: 07:10
  Max T: ---, TS Max T: ---
  Avrg T: +5.0
  Alarm:
   0:
    t Acc: 0
   1:
    t Acc: 15, TS A: 12:30, C A: 1
  Int Sensor timeout:
   t AccST: 4
  Events: 2
Data:
	yyyy-MM-dd hh:mm	T	Out of limits
	2031-03-04 07:00	--.-	x
	2031-03-04 07:05	3.1
`;
const lines = export2L.split('\n');
const faultOf = (text: string) => {
  const read = readLogger(text);
  return read.ok ? null : read.fault;
};

describe('A logger’s export', () => {
  test('is read to the device’s days, rules and readings', () => {
    const read = readLogger(export2L.replaceAll('\n', '\r\n'));

    expect(read).toMatchObject({
      ok: true,
      report: {
        serial: '700000000007',
        interval: 5,
        rules: [
          { side: 'low', celsius: -0.5, minutes: 60 },
          { side: 'high', celsius: 8, minutes: 600 },
        ],
        days: [
          {
            most: { celsius: null, at: null },
            alarms: [{ minutes: 0 }, { minutes: 15, raisedAt: '12:30', count: 1 }],
            timeoutMinutes: 4,
          },
        ],
        readings: [
          { at: '2031-03-04 07:00', celsius: null },
          { at: '2031-03-04 07:05', celsius: 3.1 },
        ],
      },
    });
  });

  test.each([
    ['at a limit is not beyond it', '3.1\n', '-0.5\n', false],
    ['that the device marks is', '3.1\n', '-0.5\tx\n', true],
  ])('with a reading that is %s', (_what, from, to, orAt) => {
    const read = readLogger(export2L.replace(from, () => to));

    expect(read).toMatchObject({ ok: true, report: { rules: [{ side: 'low', orAt }, { orAt: false }] } });
  });

  test.each([
    [1, 'Device: Q-tag Fridge-tag 2 L', 'Device: Toaster'],
    [4, ' Serial: 700000000007', ' Serial:'],
    [5, ' Temp unit: C', ' Temp unit: F'],
    [8, 'T AL: -0.5', 'T AL: cold'],
    [8, '   T AL: -0.5', '      T AL: -0.5'],
    [13, '2031-03-04 07:00', '2031-02-30 07:00'],
    [17, 'TS Min T: 07:10', 'TS Min T: 27:10'],
    [22, 't Acc: 0', 't Acc: 1.5'],
    [31, '3.1\n', 'warm\n'],
    [31, '3.1\n', '333.1\n'],
    [31, '2031-03-04 07:05', '2031-02-30 07:05'],
  ])('is refused at line %i when "%s" is "%s"', (line, right, wrong) => {
    const at = export2L.lastIndexOf(right, lines.slice(0, line).join('\n').length + 1);
    const broken = export2L.slice(0, at) + wrong + export2L.slice(at + right.length);

    expect(faultOf(broken)).toMatchObject({ line });
  });

  // After line 14 stands a whole report of no days.
  const cuts = lines.slice(1, 27).flatMap((_, at) => (at + 1 === 14 ? [] : [at + 1]));
  test.each(cuts)('cut off after line %i is refused, at a line that it has', kept => {
    expect(faultOf(lines.slice(0, kept).join('\n'))?.line).toBeLessThanOrEqual(kept);
  });

  test('is any text, without harm', () => {
    const line = fc.oneof(fc.constantFrom(...lines), fc.string({ unit: 'binary' }));

    fc.assert(
      fc.property(fc.array(line), text => {
        expect(typeof readLogger(text.join('\n')).ok).toBe('boolean');
      }),
    );
  });
});

describe('Readings', () => {
  test('stand at the minutes of their device’s clock', () => {
    expect(samplesOf([{ at: '1970-01-02 00:05', celsius: 4 }])).toEqual([{ minute: 1445, celsius: 4 }]);
  });

  const every10 = (start: number, ...celsius: (number | null)[]): Sample[] =>
    celsius.map((value, at) => ({ minute: start + at * 10, celsius: value }));
  const pace = { interval: 10, slack: 0 };
  const warm: AlarmRule = { side: 'high', celsius: 8, orAt: false, minutes: 30, counts: 'single' };

  test('raise a single alarm by one stay, a cumulative one by all together', () => {
    const readings = every10(0, 9, 9, 8, 9, 8);

    expect(judge(readings, pace, warm)).toEqual({ minutes: 20, alarm: false });
    expect(judge(readings, pace, { ...warm, counts: 'cumulative' })).toEqual({ minutes: 30, alarm: true });
  });

  test('at the freezing limit count, at the warm limit do not', () => {
    const readings = every10(0, -0.5, 8);

    expect(defaultAlarmRules.map(rule => judge(readings, pace, rule).minutes)).toEqual([10, 0]);
  });

  test('that are missing end a stay, and are told as a gap', () => {
    const readings = [...every10(0, 9, null, 9), ...every10(120, 9)];

    expect(staysBeyond(readings, pace, warm).map(stay => stay.minutes)).toEqual([10, 10, 10]);
    expect(gapsIn(readings, pace)).toEqual([
      { from: 0, to: 20 },
      { from: 20, to: 120 },
    ]);
  });

  test('that come a little late leave no gap', () => {
    const readings = [
      { minute: 0.5, celsius: 9 },
      { minute: 11.25, celsius: 9 },
      { minute: 20, celsius: 9 },
    ];

    expect(staysBeyond(readings, { interval: 10, slack: 5 }, warm)).toEqual([{ from: 0.5, minutes: 29.5 }]);
    expect(staysBeyond(readings, pace, warm)).toHaveLength(2);
    expect(gapsIn(readings, { interval: 10, slack: 5 })).toEqual([]);
  });

  test('over midnight count for each day what was in it', () => {
    const stays = staysBeyond(every10(23 * 60 + 55, 9), pace, warm);

    expect([0, 1440].map(midnight => minutesWithin(stays, midnight, midnight + 1440))).toEqual([5, 5]);
  });

  test('have a kinetic mean between their plain mean and their warmest', () => {
    expect(meanKineticTemperature(every10(0, 5, 5))).toBeCloseTo(5);
    expect(meanKineticTemperature(every10(0, null))).toBeNull();
    expect(meanKineticTemperature(every10(0, 0, 40))).toBeGreaterThan(20);
    expect(meanKineticTemperature(every10(0, 0, 40))).toBeLessThan(40);
  });
});
