import type { Context } from '../../platform/context';
import { StatusConsent } from './status.graphql';
import type { StatusConsentRow } from './status-consents.store';

/** Whether a code still opens a consent at an instant. */
export const isInForce = ({ expiresAt, endedAt }: StatusConsentRow, at: Date): boolean =>
  endedAt === null && at < expiresAt;

/** A consent as its giver sees it. */
export function asConsent(ctx: Context, row: StatusConsentRow): StatusConsent {
  const { personId: _, ...consent } = row;
  return Object.assign(new StatusConsent(), { ...consent, inForce: isInForce(row, ctx.now()) });
}
