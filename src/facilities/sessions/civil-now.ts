import { civilDayOf } from '../../common';
import type { Context } from '../../platform/context';
import { AppError } from '../../platform/errors';
import { type CivilMoment, civilTimeOf } from './session-rules';

const MINUTE_MS = 60_000;
/** The last moment asked for in each time zone: every dose asks several times, and within a minute it is the same. */
const lately = new Map<string, { minute: number; moment: CivilMoment }>();

/** The day and time it is in the caller's country, to the minute. */
export function civilNow(ctx: Context): CivilMoment {
  if (!ctx.tenant) throw new AppError('TENANT_REQUIRED');
  const { timeZone } = ctx.tenant;
  const now = ctx.now();
  const minute = Math.floor(now.getTime() / MINUTE_MS);
  const known = lately.get(timeZone);
  if (known?.minute === minute) return known.moment;
  const moment = { date: civilDayOf(now, timeZone), time: civilTimeOf(now, timeZone) };
  lately.set(timeZone, { minute, moment });
  return moment;
}
