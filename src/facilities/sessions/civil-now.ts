import { civilDayOf } from '../../common';
import type { Context } from '../../platform/context';
import { AppError } from '../../platform/errors';
import { type CivilMoment, civilTimeOf } from './session-rules';

/** The day and time it is in the caller's country. */
export function civilNow(ctx: Context): CivilMoment {
  if (!ctx.tenant) throw new AppError('TENANT_REQUIRED');
  const { timeZone } = ctx.tenant;
  return { date: civilDayOf(ctx.now(), timeZone), time: civilTimeOf(ctx.now(), timeZone) };
}
