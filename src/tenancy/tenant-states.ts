import type { TenantState } from '../platform/context';

/** What moves a tenant from one state to the next; each has its own verb. */
export type TenantStep =
  | 'SEND_AGREEMENT'
  | 'ACCEPT_AGREEMENT'
  | 'PROVISION'
  | 'CONFIGURE'
  | 'START_PILOT'
  | 'GO_LIVE'
  | 'SUSPEND'
  | 'RESUME'
  | 'ARCHIVE'
  | 'END';

const WORKING: readonly TenantState[] = ['PROVISIONED', 'CONFIGURED', 'PILOT', 'LIVE'];

/** From which states each step leads where. `RESUME` goes back to the state that was suspended. */
const STEPS: Record<TenantStep, { from: readonly TenantState[]; to: TenantState | 'RESUMED' }> = {
  SEND_AGREEMENT: { from: ['INVITED', 'AGREEMENT_SENT'], to: 'AGREEMENT_SENT' },
  ACCEPT_AGREEMENT: { from: ['AGREEMENT_SENT'], to: 'ACCEPTED' },
  PROVISION: { from: ['ACCEPTED'], to: 'PROVISIONED' },
  CONFIGURE: { from: ['PROVISIONED'], to: 'CONFIGURED' },
  START_PILOT: { from: ['CONFIGURED'], to: 'PILOT' },
  GO_LIVE: { from: ['PILOT'], to: 'LIVE' },
  SUSPEND: { from: WORKING, to: 'SUSPENDED' },
  RESUME: { from: ['SUSPENDED'], to: 'RESUMED' },
  ARCHIVE: { from: ['SUSPENDED'], to: 'ARCHIVED' },
  END: { from: ['SUSPENDED', 'ARCHIVED'], to: 'ENDED' },
};

/** The state a step leads to from here, or null when it does not apply. `resume` is the state before suspension. */
export function stateAfter(
  state: TenantState,
  step: TenantStep,
  resume: TenantState | null,
): TenantState | null {
  const { from, to } = STEPS[step];
  if (!from.includes(state)) return null;
  return to === 'RESUMED' ? resume : to;
}

/**
 * The steps that somebody can take in a state: what a refusal tells the caller. That a country ends takes two, and a
 * year.
 */
export const stepsFrom = (state: TenantState): TenantStep[] =>
  (Object.keys(STEPS) as TenantStep[]).filter(step => step !== 'END' && STEPS[step].from.includes(state));

/** States in which the tenant's schema exists and requests for it are answered. */
export const SERVED_STATES: readonly TenantState[] = [...WORKING, 'SUSPENDED', 'ARCHIVED'];
