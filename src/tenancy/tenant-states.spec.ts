import fc from 'fast-check';
import { SERVED_STATES, stateAfter, stepsFrom, type TenantStep } from './tenant-states';

const STEPS: TenantStep[] = [
  'SEND_AGREEMENT',
  'ACCEPT_AGREEMENT',
  'PROVISION',
  'CONFIGURE',
  'START_PILOT',
  'GO_LIVE',
  'SUSPEND',
  'RESUME',
  'ARCHIVE',
];

describe('the states of a tenant', () => {
  it('lead from invitation to live service in one way', () => {
    const states = STEPS.slice(0, 6).reduce(
      (path, step) => [...path, stateAfter(path.at(-1)!, step, null)!],
      ['INVITED' as const] as Parameters<typeof stateAfter>[0][],
    );

    expect(states).toEqual([
      'INVITED',
      'AGREEMENT_SENT',
      'ACCEPTED',
      'PROVISIONED',
      'CONFIGURED',
      'PILOT',
      'LIVE',
    ]);
  });

  it('resume in the state that was suspended', () => {
    expect(stateAfter('SUSPENDED', 'RESUME', 'PILOT')).toBe('PILOT');
  });

  it('never serve a country whose ministry has not accepted the licence, whatever is tried', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...STEPS), { maxLength: 30 }), steps => {
        let state = 'INVITED' as Parameters<typeof stateAfter>[0];
        let resume = null as Parameters<typeof stateAfter>[0] | null;
        let accepted = false;
        for (const step of steps) {
          const next = stateAfter(state, step, resume);
          if (!next) continue;
          if (step === 'ACCEPT_AGREEMENT') accepted = true;
          if (step === 'SUSPEND') resume = state;
          state = next;
        }
        return accepted || !SERVED_STATES.includes(state);
      }),
    );
  });

  it('tell which steps apply', () => {
    expect(stepsFrom('SUSPENDED')).toEqual(['RESUME', 'ARCHIVE']);
    expect(stepsFrom('ARCHIVED')).toEqual([]);
    expect(stepsFrom('ENDED')).toEqual([]);
  });
});
