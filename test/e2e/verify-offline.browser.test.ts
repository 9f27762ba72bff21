import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deflateSync, inflateSync } from 'node:zlib';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { toBuffer } from 'qrcode';
import { IssueCertificate } from '../../src/certificates/issue-certificate';
import { nationalCertificate, signHcert } from '../../src/codecs';
import { fromBase45, toBase45 } from '../../src/codecs/hcert/base45';
import { divocContexts, signedAsDivoc } from '../../src/codecs/divoc/divoc.fixture';
import { certificateFor, sealedBy } from '../../src/codecs/vds-nc/seal.fixture';
import { authorityCertificate } from '../../src/codecs/x509';
import { newId } from '../../src/common';
import type { TenantRef } from '../../src/platform/context';
import { chromiumPath, openBrowser, underItsWorker, visit } from '../harness/browser';
import { certificateOfADose, type CertificateInHand, filmOf } from '../harness/worlds/certificate-in-hand';
import { type Network, networkTo } from '../harness/worlds/network';
import { country, testService, type TestService } from '../harness/service';
import { skipUnless } from '../harness/run/skip';

const DAY = 24 * 60 * 60 * 1000;
const withBrowser = skipUnless(chromiumPath, 'the verify page offline: Chromium is not installed');

withBrowser('the verify page without a network', () => {
  let service: TestService;
  let tenant: TenantRef;
  let network: Network;
  let browser: Browser;
  /** The codes of certificates: one that stands, and the one before it, which is revoked. */
  let valid: string;
  let revoked: string;
  /** W3C credentials of the same two people's certificates. */
  let credential: string;
  let revokedCredential: string;
  /** The same as an SD-JWT VC. */
  let sdJwt: string;
  let revokedSdJwt: string;
  const folder = mkdtempSync(join(tmpdir(), 'tikasetu-offline-'));
  const camera = join(folder, 'camera.y4m');

  beforeAll(async () => {
    service = await testService();
    tenant = await service.country('aa', 'gh');
    const certificate = await certificateOfADose(service, tenant);
    revoked = certificate.code;
    revokedCredential = await proofOf(certificate, 'W3C_CREDENTIAL');
    revokedSdJwt = await proofOf(certificate, 'SD_JWT_VC');
    await service.app.get(IssueCertificate).run(service.contextOf(tenant), {
      personId: certificate.personId,
      factId: newId(),
      cause: 'person-corrected',
    });
    valid = await certificate.read();
    credential = await proofOf(certificate, 'W3C_CREDENTIAL');
    sdJwt = await proofOf(certificate, 'SD_JWT_VC');
    await trustOthers();
    writeFileSync(camera, filmOf(valid));
    network = await networkTo(service.url);
    browser = await openBrowser(
      '--use-fake-ui-for-media-stream',
      '--use-fake-device-for-media-stream',
      `--use-file-for-fake-video-capture=${camera}`,
    );
  }, 180_000);
  beforeEach(() => network.mend());
  afterAll(async () => {
    await browser?.close();
    network?.close();
    rmSync(folder, { recursive: true, force: true });
    await service.stop();
  });

  /** Visits the page once with a network, then loses it and opens the page again: as an installed page is opened. */
  const openOffline = async (path: string, options?: BrowserContextOptions): Promise<Page> => {
    const { page } = await visit(browser, network.url, path, options);
    await underItsWorker(page);
    network.cut();
    await page.reload();
    return page;
  };
  /** As its holder's registrar has it made. */
  const proofOf = async ({ personId }: CertificateInHand, format: string): Promise<string> => {
    const { data } = await service.graphql(
      `mutation ($input: MakeCertificateProofInput!) { makeCertificateProof(input: $input) {
        ... on CertificateProof { text } } }`,
      { input: { personId, format } },
      { tenant: 'aa', token: await service.tokenFor(tenant, [country('registrar')]) },
    );
    return data.makeCertificateProof.text;
  };
  /** The country believes an issuer of DIVOC's certificates, and an authority whose signers seal. */
  const trustOthers = async (): Promise<void> => {
    const token = await service.tokenFor(tenant, [country('configuration-admin')]);
    for (const input of TRUSTED) {
      const { data, errors } = await service.graphql(
        `mutation ($input: ImportTrustListInput!) { importTrustList(input: $input) { __typename } }`,
        { input: { ...input, document: JSON.stringify(input.document), validUntil: '2039-06-01T00:00:00Z' } },
        { tenant: 'aa', token },
      );
      expect([data?.importTrustList.__typename, errors]).toEqual(['TrustList', undefined]);
    }
  };
  const verdictOn = (page: Page): Promise<string> => page.locator('.verdict h1').innerText();
  const verify = async (page: Page, code: string): Promise<string> => {
    await page.fill('#code', code);
    await page.click('form > .button');
    await page.waitForSelector('.verdict');
    return verdictOn(page);
  };

  it('tells of a certificate that stands what the service would, and by what it was checked', async () => {
    const page = await openOffline('/verify?lang=en');

    expect(await verify(page, valid)).toBe('Genuine and valid');
    expect(await page.title()).toContain('Genuine and valid');
    expect(await page.locator('.facts').innerText()).toContain('Ministry of aa');
    expect(await page.locator('tbody tr').count()).toBe(1);
    expect(await page.locator('tbody').innerText()).toContain('BCG');
    expect(await page.locator('#checked-by').innerText()).toContain('without a connection');
    expect(await page.evaluate('document.activeElement.id')).toBe('verdict');
    expect(await page.inputValue('#code')).toBe('');
  });

  it('checks a W3C credential by another script, which it kept too', async () => {
    const page = await openOffline('/aa/verify?lang=en');

    expect(await verifyAnother(page, credential)).toBe('Genuine and valid');
    expect(await page.locator('tbody').innerText()).toContain('BCG');
    expect(await page.locator('#checked-by').innerText()).toContain('without a connection');
    expect(await verifyAnother(page, revokedCredential)).toBe('Revoked');
    expect(await verifyAnother(page, credential.replace('BCG', 'MMR'))).toBe('Not genuine');
    expect(await page.locator('.facts, table').count()).toBe(0);
  });

  it('checks an SD-JWT VC, all of it or what its holder shows', async () => {
    const page = await openOffline('/aa/verify?lang=en');
    const nameAlone = `${sdJwt.split('~')[0]}~`;

    expect(await verifyAnother(page, sdJwt)).toBe('Genuine and valid');
    expect(await page.locator('tbody').innerText()).toContain('BCG');
    expect(await verifyAnother(page, nameAlone)).toBe('Genuine and valid');
    expect(await page.locator('tbody tr').count()).toBe(0);
    expect(await verifyAnother(page, revokedSdJwt)).toBe('Revoked');
    expect(await verifyAnother(page, `${sdJwt}WyJzIiwic2V4IiwiRiJd~`)).toBe('Not genuine');
  });

  it.each([
    ['a DIVOC certificate by RSA', () => divocBy(rsa), 'রহিমা খাতুন', 'COVAXIN'],
    ['a DIVOC certificate by Ed25519', () => divocBy(ed25519), 'রহিমা খাতুন', 'COVAXIN'],
    ['a visible digital seal', async () => JSON.stringify(seal), 'Anne Lee', 'A vaccine'],
  ])(
    'believes %s of an issuer whom the country trusts, and not a changed one',
    async (_, made, name, vaccine) => {
      const page = await openOffline('/aa/verify?lang=en');
      const text = await made();

      expect(await verifyAnother(page, text)).toBe('Genuine and valid');
      expect(await page.locator('.facts').innerText()).toContain(name);
      expect(await page.locator('tbody').innerText()).toContain(vaccine);
      expect(await page.locator('#checked-by').innerText()).toContain('without a connection');
      expect(await verifyAnother(page, text.replace(name, 'Somebody Else'))).toBe('Not genuine');
    },
  );

  it('does not believe one that is revoked, changed, a stranger’s or no certificate, and tells nothing of it', async () => {
    const page = await openOffline('/aa/verify?lang=en');
    const verdicts = [];
    for (const code of [revoked, changed(valid), certificateOfAStranger(), 'HC1:ABC', '{"proof": {}}'])
      verdicts.push(await verifyAnother(page, code));

    expect(verdicts).toEqual([
      'Revoked',
      'Not genuine',
      'Issuer not known',
      'Cannot be read',
      'Cannot be read',
    ]);
    expect(await page.locator('.facts, table').count()).toBe(0);
  });

  it.each([
    ['before its time', -DAY, 'Not valid yet'],
    ['after its time', 11 * 366 * DAY, 'Expired'],
    ['by lists that are too old', 3 * DAY, 'Could not be checked'],
  ])('says so of a certificate checked %s', async (_, later, verdict) => {
    const page = await openOffline('/verify?lang=en');

    await page.clock.setFixedTime(Date.now() + later);

    expect(await verify(page, valid)).toBe(verdict);
    expect(await page.locator('.facts, table').count()).toBe(0);
  });

  it('is used by the keyboard alone in a language read from the right, which was not looked at before', async () => {
    const page = await openOffline('/verify?lang=en');
    await page.goto(`${network.url}/verify?lang=ar`);

    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter'); // skip to the content
    for (let i = 0; i < 3; i++) await page.keyboard.press('Tab'); // camera, picture, code
    await page.keyboard.insertText(valid);
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.waitForSelector('.verdict.good');

    const sign = (await page.locator('.sign').boundingBox())!;
    const heading = (await page.locator('.verdict h1').boundingBox())!;
    expect(await page.evaluate('document.documentElement.dir')).toBe('rtl');
    expect(await verdictOn(page)).toMatch(/\p{Script=Arabic}/u);
    expect(await page.locator('#checked-by').innerText()).toMatch(/^جرى التحقق على هذا الجهاز/);
    expect(sign.x).toBeGreaterThan(heading.x);
  });

  it('reads the camera', async () => {
    const page = await openOffline('/verify?lang=en');

    await page.click('#scan');
    await page.waitForSelector('.verdict');

    expect(await verdictOn(page)).toBe('Genuine and valid');
    expect(await page.locator('.camera').isVisible()).toBe(false);
  });

  it('reads a picture', async () => {
    const page = await openOffline('/verify?lang=en');

    await page.setInputFiles('#picture', {
      name: 'certificate.png',
      mimeType: 'image/png',
      buffer: await toBuffer(valid, { errorCorrectionLevel: 'Q', scale: 6 }),
    });
    await page.waitForSelector('.verdict');

    expect(await verdictOn(page)).toBe('Genuine and valid');
  });

  it('keeps its code and its lists in the browser, and nothing of what it was asked', async () => {
    const page = await openOffline('/verify?lang=en');
    await verify(page, valid);

    const kept = await page.evaluate<{ addresses: string[]; texts: string; elsewhere: unknown }>(KEPT);

    expect(kept.addresses).toContain('/verify/trust-bundle');
    expect(kept.addresses.filter(address => !/^\/(assets\/|verify($|[?/]))/.test(address))).toEqual([]);
    expect(kept.texts).not.toContain(valid.slice(0, 40));
    expect(kept.elsewhere).toEqual([0, 0, '', []]);
  });

  it('can be installed', async () => {
    const { page, faults, strangers } = await visit(browser, network.url, '/aa/verify?lang=bn');

    const manifest = await page.evaluate<Record<string, unknown>>(
      `fetch(document.querySelector('link[rel=manifest]').href).then(answer => answer.json())`,
    );
    const session = await page.context().newCDPSession(page);
    const { errors } = await session.send('Page.getAppManifest');
    const { installabilityErrors } = await session.send('Page.getInstallabilityErrors');

    expect(manifest).toMatchObject({ lang: 'bn', start_url: '/aa/verify?lang=bn', scope: '/aa/verify' });
    expect(errors).toEqual([]);
    // A visit of this kind leaves no trace, and for that reason alone nothing may be installed in it
    expect(installabilityErrors.map(({ errorId }) => errorId)).toEqual(['in-incognito']);
    expect([faults, strangers]).toEqual([[], []]);
  });
});

const [method, divocIssuer] = ['did:example:health', 'https://health.example/'];
const rsa = generateKeyPairSync('rsa', { modulusLength: 3072 });
const ed25519 = generateKeyPairSync('ed25519');
const authority = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const sealer = generateKeyPairSync('ec', { namedCurve: 'P-256' });

/** What the country imports of others. Each key has a name of its own: the proof of a certificate says it. */
const TRUSTED = [
  {
    code: 'divoc-keys',
    shape: 'JWKS',
    issuer: divocIssuer,
    document: {
      keys: [rsa, ed25519].map(({ publicKey }) => ({
        ...publicKey.export({ format: 'jwk' }),
        kid: `${method}#${publicKey.asymmetricKeyType}`,
      })),
    },
  },
  { code: 'divoc-contexts', shape: 'JSON_LD_CONTEXTS', document: divocContexts },
  {
    code: 'seals',
    shape: 'GDHCN',
    document: [
      {
        certificateType: 'CSCA',
        country: 'UTO',
        rawData: Buffer.from(
          authorityCertificate(
            {
              subject: { country: 'UT', commonName: 'CSCA' },
              publicKey: authority.publicKey,
              serial: randomBytes(16),
              notBefore: new Date('2026-01-01'),
              notAfter: new Date('2045-01-01'),
            },
            authority.privateKey,
          ),
        ).toString('base64'),
      },
    ],
  },
];

const divocBy = async ({ privateKey }: typeof rsa): Promise<string> => {
  const certificate = {
    '@context': ['https://example.org/credentials/v1'],
    type: ['VerifiableCredential'],
    issuer: divocIssuer,
    issuanceDate: '2026-01-01T00:00:00Z',
    credentialSubject: { type: 'Person', id: 'did:example:1', name: 'রহিমা খাতুন' },
    evidence: [
      {
        type: ['Vaccination'],
        batch: 'A-1',
        vaccine: 'COVAXIN',
        date: '2025-12-31',
        at: { name: 'Health complex' },
      },
    ],
  };
  const verificationMethod = `${method}#${privateKey.asymmetricKeyType}`;
  return JSON.stringify(await signedAsDivoc(certificate, privateKey, { verificationMethod }));
};

const seal = sealedBy(sealer.privateKey, certificateFor(sealer.publicKey, authority.privateKey), {
  hdr: { t: 'icao.vacc', v: 1, is: 'UTO' },
  msg: {
    uvci: 'U32870',
    pid: { n: 'Anne Lee', dob: '1961-05-15' },
    ve: [
      {
        des: 'XM68M6',
        nam: 'A vaccine',
        dis: 'RA01.0',
        vd: [{ dvc: '2026-03-01', seq: 1, ctr: 'UTO', lot: 'A-1' }],
      },
    ],
  },
});

/** Clears the verdict before, so that the next one is waited for. */
async function verifyAnother(page: Page, code: string): Promise<string> {
  await page.evaluate(`document.querySelector('#answer').replaceChildren()`);
  await page.fill('#code', code);
  await page.click('form > .button');
  await page.waitForSelector('.verdict');
  return page.locator('.verdict h1').innerText();
}

/** The same certificate with the last bit of its signature turned over. */
function changed(code: string): string {
  const cose = inflateSync(fromBase45(code.slice('HC1:'.length)));
  cose[cose.length - 1]! ^= 1;
  return `HC1:${toBase45(deflateSync(cose))}`;
}

function certificateOfAStranger(): string {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  return signHcert({
    payload: {
      ver: '1.0.0',
      ci: 'XX-AAAA-BBBB-CCCC',
      co: 'XX',
      is: 'Somebody',
      n: 'Somebody Else',
      v: [{ vp: 'cvx:19', vd: 'BCG', dt: '2026-01-05', dn: 1 }],
    },
    claimKey: nationalCertificate.claimKey,
    issuer: 'XX',
    issuedAt: new Date('2026-01-05'),
    expiresAt: new Date('2036-01-05'),
    signer: { kid: 'AAAAAAAAAAA=', alg: 'ES256', privateKey },
  });
}

const KEPT = `(async () => {
  const caches_ = await Promise.all((await caches.keys()).map(name => caches.open(name)));
  const requests = (await Promise.all(caches_.map(cache => cache.keys()))).flat();
  const addresses = requests.map(({ url }) => url.slice(location.origin.length));
  const answers = await Promise.all(caches_.map(cache => cache.matchAll()));
  const texts = (await Promise.all(answers.flat().map(answer => answer.text()))).join('');
  const databases = await indexedDB.databases();
  return { addresses, texts, elsewhere: [localStorage.length, sessionStorage.length, document.cookie, databases] };
})()`;
