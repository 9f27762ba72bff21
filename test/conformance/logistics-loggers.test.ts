import {
  type LoggerReport,
  meanKineticTemperature,
  minutesBeyondOn,
  readLogger,
} from '../../src/codecs/temperature-loggers';
import { skipUnless } from '../harness/skip';
import { filesIn, jsonOf, textOf } from './logistics-data';

const exported = filesIn('.txt', 'coldchain').map(name => ['coldchain', name]);
const valid = [
  ...exported,
  ...filesIn('.txt', 'coldchain', 'fixtures-valid').map(name => ['coldchain', 'fixtures-valid', name]),
];
const invalid = filesIn('.txt', 'coldchain', 'fixtures-invalid');
const expected = filesIn('.json', 'coldchain', 'expected-json');

skipUnless(valid.length > 0, 'logistics/coldchain is absent (set CONFORMANCE_DATA)')(
  'Temperature loggers',
  () => {
    test('each given export is read', () => {
      const refused = valid
        .map(path => [path.at(-1), readLogger(textOf(...path))] as const)
        .filter(([, read]) => !read.ok);

      expect(refused).toEqual([]);
    });

    test('each broken export is refused, with a line of it', () => {
      const read = invalid.map(
        name => [name, readLogger(textOf('coldchain', 'fixtures-invalid', name))] as const,
      );
      const lines = (name: string) => textOf('coldchain', 'fixtures-invalid', name).split('\n').length;
      const wrong = read.filter(
        ([name, one]) => one.ok || one.fault.line < 1 || one.fault.line > lines(name),
      );

      expect(wrong).toEqual([]);
    });

    test('each export says what the expected JSON says', () => {
      const ours = expected.map(name => summary(reportOf(name.replace('.json', '.txt'))));

      expect(expected.map(name => jsonOf('coldchain', 'expected-json', name))).toMatchObject(ours);
    });

    test('the alarm minutes of whole days are the device’s own, within five, on 74 of 76', () => {
      const pairs = exported.flatMap(([, name]) => dayPairs(reportOf(name!)));
      const far = pairs.filter(({ device, ours }) => Math.abs(device - ours) > 5);

      expect(pairs.length).toBeGreaterThan(0);
      expect(far.length).toBeLessThanOrEqual(Math.round((pairs.length * 2) / 76));
    });

    test('the mean kinetic temperature, cut to a tenth, is the device’s own', () => {
      const reports = exported.map(([, name]) => reportOf(name!)).filter(report => report.kinetic);
      const ours = reports.map(
        ({ readings, kinetic }) => Math.trunc(meanKineticTemperature(readings, kinetic!.energy)! * 10) / 10,
      );

      expect(ours).toEqual(reports.map(report => report.kinetic!.celsius));
    });
  },
);

function reportOf(name: string): LoggerReport {
  const read = readLogger(textOf('coldchain', name));
  if (!read.ok) throw new Error(`${name}: line ${read.fault.line}: ${read.fault.why}`);
  return read.report;
}

/** For each rule and each day of which every reading is there and has a value: the device's minutes, and ours. */
function dayPairs({ days, readings, rules, interval, activated, ended }: LoggerReport) {
  const whole = days.filter(({ date }) => {
    const ofDay = readings.filter(reading => reading.at.startsWith(date) && reading.celsius !== null);
    const first = date === activated.slice(0, 10) ? minute(activated) : 0;
    const end = date === ended.slice(0, 10) ? minute(ended) : 1440;
    return interval !== null && ofDay.length > 0 && ofDay.length >= Math.floor((end - first) / interval) - 1;
  });
  return whole.flatMap(day =>
    rules.map((rule, at) => ({
      day: day.date,
      device: day.alarms[at]!.minutes,
      ours: minutesBeyondOn(day.date, readings, interval!, rule),
    })),
  );
}

const minute = (at: string) => Number(at.slice(11, 13)) * 60 + Number(at.slice(14, 16));

/** A report in the words of the expected JSON. */
function summary(report: LoggerReport) {
  const type = (at: number) => (report.rules[at]!.side === 'low' ? 'cold' : 'hot');
  return {
    device: {
      name: report.device,
      version: report.version,
      firmwareVersion: report.firmware,
      sensorCount: Number(report.sensor),
    },
    config: expect.objectContaining({
      serial: Number(report.serial),
      pcb: report.circuitBoard,
      cid: Number(report.configuration),
      lot: report.lot,
      alarmThresholds: report.rules.map((rule, level) => ({
        level,
        type: type(level),
        temperatureLimit: rule.celsius,
        durationMinutes: rule.minutes,
      })),
    }),
    history: {
      activationTimestamp: report.activated,
      reportCreationTimestamp: report.ended,
      recordCount: report.days.length,
      records: report.days.map((day, at) => ({
        day: at + 1,
        date: day.date,
        temperature: {
          min: day.least.celsius,
          minTime: day.least.at,
          max: day.most.celsius,
          maxTime: day.most.at,
          avg: day.mean,
        },
        alarms: day.alarms.map((alarm, level) => ({
          level,
          type: type(level),
          accumulatedMinutes: alarm.minutes,
          triggerTime: alarm.raisedAt,
          eventCount: alarm.count,
        })),
        sensorTimeoutMinutes: day.timeoutMinutes,
        events: day.events,
        verified: day.checked.am || day.checked.pm ? day.checked : null,
      })),
    },
  };
}
