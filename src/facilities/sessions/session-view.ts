import type { Context } from '../../platform/context';
import { civilNow } from './civil-now';
import { Session } from './session.graphql';
import { sessionState } from './session-rules';
import type { SessionRow } from './sessions.store';

/** A stored session as it is shown now. */
export const sessionFor = (ctx: Context, row: SessionRow): Session =>
  Object.assign(new Session(), row, { state: sessionState(row, ctx.now(), civilNow(ctx)) });
