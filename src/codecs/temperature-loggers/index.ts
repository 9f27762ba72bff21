export {
  defaultAlarmRules,
  gapsIn,
  isBeyond,
  judge,
  meanKineticTemperature,
  minutesWithin,
  samplesOf,
  staysBeyond,
  type AlarmRule,
  type Pace,
  type Reading,
  type Sample,
  type Stay,
} from './alarms';
export { readLogger, type LoggerDay, type LoggerReport } from './logger';
