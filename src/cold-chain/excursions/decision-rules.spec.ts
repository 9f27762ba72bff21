import { decisionFault, type EnteredDecision, isOfAll } from './decision-rules';

const decided = (outcome: string, reason: string, vvmStage?: number): EnteredDecision =>
  ({ lotId: 'lot', outcome, reason, vvmStage }) as EnteredDecision;

describe('a decision on a lot', () => {
  it.each([
    ['RELEASED', 'VVM_STAGE_USABLE', 2, 'high', null],
    ['RELEASED', 'VVM_STAGE_USABLE', 3, 'high', 'VVM_DISCARD_POINT'],
    ['RELEASED', 'WITHIN_STABILITY', 4, 'high', 'VVM_DISCARD_POINT'],
    ['RELEASED', 'VVM_STAGE_USABLE', undefined, 'high', 'VVM_NEEDED'],
    ['RELEASED', 'VVM_STAGE_USABLE', 1, 'low', 'SIDE'],
    ['RELEASED', 'SHAKE_TEST_PASSED', undefined, 'low', null],
    ['RELEASED', 'SHAKE_TEST_PASSED', undefined, 'high', 'SIDE'],
    ['RELEASED', 'FROZEN', undefined, 'low', 'REASON'],
    ['DISCARDED', 'FROZEN', undefined, 'low', null],
    ['DISCARDED', 'HEAT_EXPOSED', 2, 'high', null],
    ['DISCARDED', 'VVM_DISCARD_POINT', 3, 'high', null],
    ['DISCARDED', 'VVM_DISCARD_POINT', 2, 'high', 'VVM_USABLE'],
    ['DISCARDED', 'NOT_EXPOSED', undefined, 'high', 'REASON'],
  ] as const)('%s for %s at stage %s, too %s: %s', (outcome, reason, stage, side, fault) => {
    expect(decisionFault(decided(outcome, reason, stage), side)).toBe(fault);
  });

  it('is made on every lot at once, on each once', () => {
    const one = decided('RELEASED', 'NOT_EXPOSED');

    expect(isOfAll(['lot'], [one])).toBe(true);
    expect(isOfAll(['lot', 'other'], [one])).toBe(false);
    expect(isOfAll(['lot'], [one, one])).toBe(false);
    expect(isOfAll([], [])).toBe(true);
  });
});
