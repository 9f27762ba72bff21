import type { LoggerReport } from '../../../src/codecs/temperature-loggers';
import { skipUnless } from '../../harness/run/skip';
import { filesIn, jsonOf } from './data';
import {
  brokenExports,
  brokenFault,
  dayPairs,
  kineticPairs,
  pairFault,
  reportOf,
  validExports,
  validFault,
} from './logger-cases';

const expected = filesIn('.json', 'coldchain', 'expected-json');

skipUnless(validExports().length > 0, 'logistics/coldchain is absent (set CONFORMANCE_DATA)')(
  'Temperature loggers',
  () => {
    test('each given export is read', () => {
      expect(validExports().map(validFault).filter(Boolean)).toEqual([]);
    });

    test('each broken export is refused, with a line of it', () => {
      expect(brokenExports().map(brokenFault).filter(Boolean)).toEqual([]);
    });

    test('each export says what the expected JSON says', () => {
      const ours = expected.map(name => summary(reportOf(name.replace('.json', '.txt'))));

      expect(expected.map(name => jsonOf('coldchain', 'expected-json', name))).toMatchObject(ours);
    });

    test('the alarm minutes of whole days are the device’s own, within five, on 74 of 76', () => {
      const pairs = dayPairs();
      const far = pairs.map(pairFault).filter(Boolean);

      expect(pairs.length).toBeGreaterThan(0);
      expect(far.length).toBeLessThanOrEqual(Math.round((pairs.length * 2) / 76));
    });

    test('the mean kinetic temperature, cut to a tenth, is the device’s own', () => {
      const pairs = kineticPairs();

      expect(pairs.map(({ ours }) => ours)).toEqual(pairs.map(({ device }) => device));
    });
  },
);

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
