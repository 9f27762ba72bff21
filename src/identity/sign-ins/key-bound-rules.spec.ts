import { TOKEN_KINDS } from '../tokens/tokens';
import { mustProveKey } from './key-bound-rules';

const whoMust = (...rest: [Parameters<typeof mustProveKey>[1], { sandbox: boolean }]) =>
  TOKEN_KINDS.filter(kind => mustProveKey(kind, ...rest)).sort();
const OPERATORS = ['operator', 'operator-entrant'];

describe('who must prove a key to get a token', () => {
  it('is whoever works there or calls for a partner, until the country says otherwise', () => {
    expect(whoMust(null, { sandbox: false })).toEqual([...OPERATORS, 'partner', 'staff', 'staff-entrant']);
  });

  it('is whom the country names, and operators whatever a country says', () => {
    expect(whoMust(['PARTNERS'], { sandbox: false })).toEqual([...OPERATORS, 'partner']);
    expect(whoMust([], { sandbox: false })).toEqual(OPERATORS);
  });

  it('is nobody in a sandbox that says nothing', () => {
    expect(whoMust(null, { sandbox: true })).toEqual([]);
    expect(whoMust(['STAFF'], { sandbox: true })).toEqual(['staff', 'staff-entrant']);
  });
});
