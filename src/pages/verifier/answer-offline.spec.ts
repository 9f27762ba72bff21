import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { nationalCertificate, signHcert } from '../../codecs';
import type { PublicJwk, TrustBundle } from '../../codecs/trust-bundle';
import { answerOffline } from './answer-offline';

const keyPair = () => generateKeyPairSync('ec', { namedCurve: 'P-256' }); // names-a-country: elliptic curve
const country = keyPair();
const stranger = keyPair();
const now = new Date('2026-06-01T12:00:00Z');
const jwkOf = (key: KeyObject): PublicJwk => key.export({ format: 'jwk' }) as PublicJwk;

const code = signHcert({
  payload: {
    ver: '1.0.0',
    ci: 'XX-AAAA-BBBB-CCCC',
    co: 'XX',
    is: 'Ministry',
    n: 'Amara <b>Mensah</b>',
    v: [{ vp: 'cvx:19', vd: 'Bacille', dt: '2026-01-05', dn: 1 }],
  },
  claimKey: nationalCertificate.claimKey,
  issuer: 'XX',
  issuedAt: new Date('2026-01-06'),
  expiresAt: new Date('2036-01-06'),
  signer: { kid: 'AAAAAAAAAAA=', alg: 'ES256', privateKey: country.privateKey },
});

const bundle: TrustBundle = {
  format: 'tikasetu.trust-bundle/1',
  country: 'XX',
  names: { en: 'Ministry of Health', fr: 'Ministère de la Santé' },
  serial: 1,
  issuedAt: '2026-06-01T00:00:00Z',
  nextUpdate: '2026-06-02T00:00:00Z',
  keys: [{ kid: 'AAAAAAAAAAA=', issuer: 'XX', alg: 'ES256', jwk: jwkOf(country.publicKey), usages: [] }],
  revoked: '',
  valueSets: { vaccines: { 'cvx:19': { fr: 'BCG (tuberculose)' } } },
};

const published = (privateKey = country.privateKey, of = bundle): string => {
  const encoded = [{ alg: 'ES256' }, of].map(part => Buffer.from(JSON.stringify(part)).toString('base64url'));
  const signature = sign('sha256', Buffer.from(encoded.join('.')), {
    key: privateKey,
    dsaEncoding: 'ieee-p1363',
  });
  return JSON.stringify([`${encoded.join('.')}.${signature.toString('base64url')}`]);
};
const along = {
  language: 'fr',
  words: { 'verdict.VALID': 'Authentique', 'verify.offline': 'Vérifié le {date}' },
  signers: [jwkOf(country.publicKey)],
};

describe('a verdict found in the browser', () => {
  it('is written as the service writes it, in the visitor’s words', async () => {
    const { title, html } = await answerOffline(code, published(), along, now);

    expect(title).toBe('Authentique');
    expect(html).toContain('Ministère de la Santé');
    expect(html).toContain('BCG (tuberculose)');
    expect(html).toContain('Vérifié le 1 juin 2026');
    expect(html).toContain('Amara &#60;b&#62;Mensah');
  });

  it.each([
    ['no list', null],
    ['something else that a network gave out', '<html>Welcome to the hotel</html>'],
    ['a list that nobody known has signed', published(stranger.privateKey)],
  ])('is none with %s', async (_, list) => {
    const { title, html } = await answerOffline(code, list, along, now);

    expect(title).toBe('verdict.UNCHECKED');
    expect(html).not.toContain('Amara');
  });

  it('is the word of the country that knows the key, of however many', async () => {
    const another = { ...bundle, country: 'YY', keys: [], names: { en: 'Elsewhere' } };
    const lists = [published(country.privateKey, another), published()].flatMap(
      list => JSON.parse(list) as string[],
    );

    const { title } = await answerOffline(code, JSON.stringify(lists), along, now);

    expect(title).toBe('Authentique');
  });
});
