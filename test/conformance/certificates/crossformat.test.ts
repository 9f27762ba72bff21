import { skipUnless } from '../../harness/run/skip';
import {
  expectedOf,
  folder,
  isJson,
  readSamples,
  type Sample,
  textOf,
  verdictOffline,
  verdictOn,
} from './crossformat-samples';

/** Certificates that other systems signed, in whatever format, through the one door that tells formats apart. */
const samples = readSamples();
const named = (of: readonly Sample[]) => of.map(sample => [sample.id, sample] as const);

skipUnless(samples.length > 0, `${folder} has no crossformat samples (set CONFORMANCE_DATA)`)(
  'Certificates of other systems',
  () => {
    test.each(named(samples))('%s is judged as it should be', async (_, sample) => {
      expect(await verdictOn(textOf(sample), sample)).toBe(expectedOf(sample));
    });

    const inJson = samples.filter(sample => isJson(textOf(sample)));
    test.each(named(inJson))('%s is judged so without a network too', async (_, sample) => {
      expect(await verdictOffline(textOf(sample), sample)).toBe(expectedOf(sample));
    });

    const accepted = samples.filter(sample => expectedOf(sample) === 'valid');
    test.each(named(accepted))('%s is refused where its signer is not known', async (_, sample) => {
      expect(await verdictOn(textOf(sample), sample, false)).toBe('key-unknown');
    });

    const documents = accepted.filter(({ document }) => document?.credentialSubject);
    test.each(named(documents))('%s is refused with a field that no signature covers', async (_, sample) => {
      expect(await verdictOn(changed(sample, { dob: '1990-01-01' }), sample)).toBe('unsigned');
      expect(await verdictOn(changed(sample, { '@index': '1990-01-01' }), sample)).toBe('json-ld');
    });

    test.each(named(documents))('%s is refused with another name', async (_, sample) => {
      expect(await verdictOn(changed(sample, { name: 'Somebody Else' }), sample)).toBe('signature');
    });
  },
);

function changed({ document }: Sample, change: object): string {
  const subject = { ...(document!.credentialSubject as object), ...change };
  return JSON.stringify({ ...document, credentialSubject: subject });
}
