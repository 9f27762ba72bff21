import { lookFrom } from './seal-rules';

const at = (time: string): Date => new Date(`2030-01-01T${time}:00Z`);

describe('where a sealer looks for entries that came late', () => {
  it('is two minutes before the newest that is sealed', () => {
    const last = { sealedAt: at('09:31'), newestAt: at('09:30') };

    expect(lookFrom(last, at('09:32'))).toEqual(at('09:28'));
  });

  it('is a day and an hour before it with the first look of an hour', () => {
    const last = { sealedAt: at('09:59'), newestAt: at('09:58') };

    expect(lookFrom(last, at('10:00'))).toEqual(new Date('2029-12-31T08:58:00Z'));
  });

  it('is not moved into the future by an entry of a clock that was ahead', () => {
    const last = { sealedAt: at('09:31'), newestAt: new Date('2099-01-01T00:00:00Z') };

    expect(lookFrom(last, at('09:32'))).toEqual(at('09:30'));
  });
});
