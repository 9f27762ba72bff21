import { Kind } from 'graphql';
import { ID } from './id-scalar';

describe('an id that a caller sends', () => {
  const own = '0190f3c2-8a5b-7cde-9abc-0123456789ab';

  it('is the same in capitals, as a variable and in the text of an operation', () => {
    expect(ID.parseValue(own.toUpperCase())).toBe(own);
    expect(ID.parseLiteral({ kind: Kind.STRING, value: own.toUpperCase() })).toBe(own);
    expect(ID.parseValue(own)).toBe(own);
  });

  it('is as it was sent when it is none of ours, such as the code of a place', () => {
    for (const code of ['BCG-20', 'F-1', `${own.toUpperCase()}X`, '12'])
      expect(ID.parseValue(code)).toBe(code);
    expect(ID.parseValue(12)).toBe('12');
    expect(() => ID.parseValue({})).toThrow('ID cannot represent');
  });
});
