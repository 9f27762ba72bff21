export {
  defaultAlarmRules,
  gapsIn,
  judge,
  meanKineticTemperature,
  minutesBeyondOn,
  staysBeyond,
  type AlarmRule,
  type Reading,
  type Stay,
} from './alarms';
export { readLogger, type LoggerDay, type LoggerReport } from './logger';
