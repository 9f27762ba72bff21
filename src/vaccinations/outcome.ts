import type { Context } from '../platform/context';
import { once, type UnitOfWork } from '../platform/database';
import type { Refusal } from '../platform/graphql';

/** Either the fact that was made, or why there is none. */
export type Outcome = { id: string } | { refusal: Refusal };

/** As `once`: a refusal leaves nothing behind, and the same key may be tried again. */
export async function onceOrRefused(
  ctx: Context,
  work: UnitOfWork,
  request: { idempotencyKey: string },
  effect: () => Promise<Outcome>,
): Promise<Outcome> {
  const refusals: Refusal[] = [];
  const made = await once(ctx, work, request.idempotencyKey, request, async () => {
    const outcome = await effect();
    if ('id' in outcome) return outcome.id;
    refusals.push(outcome.refusal);
    return null;
  });
  return made ? { id: made.id } : { refusal: refusals[0]! };
}
