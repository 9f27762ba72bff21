import { budgetVerdict, DEFAULT_BUDGET, isNearlySpent } from './code-budget-rules';
import { CODE_RULES, maySend, newCode, spoken } from './sign-in-code-rules';

const QUIET = { sends: 0, sendsFromDevice: 0, sendsFromAddress: 0, sendsFromNetwork: 0, guesses: 0 };

describe('a one-time code', () => {
  it.each([
    ['the number', { sends: CODE_RULES.sendsPerPhone }],
    ['the device', { sendsFromDevice: CODE_RULES.sendsPerDevice }],
    ['the address', { sendsFromAddress: CODE_RULES.sendsPerAddress }],
    ['the network', { sendsFromNetwork: CODE_RULES.sendsPerNetwork }],
    ['guesses at the number', { guesses: CODE_RULES.guesses }],
  ])('is sent until there were too many: of %s', (_what, many) => {
    const [[name, most]] = Object.entries(many) as [[keyof typeof QUIET, number]];

    expect([maySend({ ...QUIET, [name]: most - 1 }), maySend({ ...QUIET, [name]: most })]).toEqual([
      true,
      false,
    ]);
  });

  it('has six digits', () => {
    expect(newCode()).toMatch(/^\d{6}$/);
  });

  it('is read aloud one digit after the other', () => {
    expect(spoken('120450')).toBe('1, 2, 0, 4, 5, 0');
  });
});

describe('what codes may cost', () => {
  const budget = { ...DEFAULT_BUDGET, perQuarterHour: 10, dailySpend: 100 };

  it.each([
    [{ spent: 100, inWindow: 10 }, 'SENT'],
    [{ spent: 100, inWindow: 11 }, 'LATER'],
    [{ spent: 101, inWindow: 1 }, 'SPENT'],
    [{ spent: 101, inWindow: 11 }, 'SPENT'],
  ])('%j: %s', (counted, verdict) => {
    expect(budgetVerdict(counted, budget)).toBe(verdict);
  });

  it.each([
    [79, false],
    [80, true],
  ])('is nearly spent at %i of 100: %s', (spent, nearly) => {
    expect(isNearlySpent({ spent, inWindow: 1 }, budget)).toBe(nearly);
  });
});
