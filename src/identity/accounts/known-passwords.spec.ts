import { isKnownPassword } from './known-passwords';

describe('the list of passwords from breaches', () => {
  it.each([
    ['123qweasdzxc'], // the first of the list that is long enough
    ['1qaz2wsx3edc'],
    ['sonyericsson'],
    ['SonyEricsson'],
    ['Mailcreated5240'],
    ['leavemealone'],
  ])('has %s', password => {
    expect(isKnownPassword(password)).toBe(true);
  });

  it.each([['correct lorry rain staple'], ['টিকা কার্ড নিয়ে আসুন'], ['xK9#vQ2mL!pR'], ['']])(
    'has not %s',
    password => {
      expect(isKnownPassword(password)).toBe(false);
    },
  );

  it('takes for known hardly anything else: none of ten thousand made up', () => {
    const madeUp = Array.from({ length: 10_000 }, (_, number) => `nobody ever chose ${number * 7919}`);

    expect(madeUp.filter(isKnownPassword)).toEqual([]);
  });
});
