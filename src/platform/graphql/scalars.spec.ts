import { DateScalar } from './scalars';

describe('a day', () => {
  it.each(['0001-01-01', '2024-02-29', '9999-12-31'])('%s exists', day => {
    expect([DateScalar.serialize(day), DateScalar.parseValue(day)]).toEqual([day, day]);
  });

  it.each(['0000-01-01', '2026-02-29', '2026-13-01', '2026-1-01', '2026-01-01\n', '2026/01/01', '', 5, null])(
    '%j is none',
    value => {
      expect(() => DateScalar.serialize(value)).toThrow('A Date is a day that exists');
      expect(() => DateScalar.parseValue(value)).toThrow('A Date is a day that exists');
    },
  );
});
