import { generateKeyPairSync } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { credentialContexts } from '../../../src/codecs/json-ld';
import { multikeyOf, signPresentation } from '../../../src/codecs/verifiable-credentials';
import { testService, type TestService } from '../../harness/service';
import { skipUnless } from '../../harness/run/skip';

/**
 * The inputs of the W3C's VC Data Model 2.0 suite, sent over HTTP to a running service as the suite sends them: an issuer
 * takes what is right and refuses what is not, and its own verifier believes what it issued.
 */
const at = resolve(process.env.CONFORMANCE_DATA ?? '../shared/data', 'certificates', 'w3c', 'vc2-inputs');
const files = existsSync(at)
  ? readdirSync(at, { recursive: true, encoding: 'utf8' }).filter(file => file.endsWith('.json'))
  : [];
const of = (ends: RegExp, kind: 'credential' | 'presentation') =>
  files
    .filter(
      file =>
        ends.test(file) && file.split('/').at(-1)!.startsWith('presentation') === (kind === 'presentation'),
    )
    .map(file => [file]);

skipUnless(files.length > 0, `${at} is absent (set CONFORMANCE_DATA)`)(
  'VC-API, with the inputs of the W3C',
  tests,
);

function tests(): void {
  let service: TestService;
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const multikey = multikeyOf(publicKey);
  const holder = `did:key:${multikey}`;

  beforeAll(async () => {
    service = await testService({ TIKASETU_VC_API: 'aa' });
    await service.provision('aa');
  }, 180_000);
  afterAll(() => service.stop());

  test.each(of(/-ok\.json$/, 'credential'))(
    '%s is issued, and verified unless it is not its time',
    async file => {
      const { status, body } = await issue(asSuiteSends(file));
      const verified = await post('credentials/verify', { verifiableCredential: body.verifiableCredential });

      expect(status).toBe(201);
      const isForeign = [body.verifiableCredential.proof].flat().length > 1; // it brought a proof of another kind
      const type = isForeign ? 'PROOF_VERIFICATION_ERROR' : 'RANGE_ERROR';
      if (verified.status !== 200) expect(verified.body.type).toMatch(new RegExp(`#${type}$`));
      if (isInTime(body.verifiableCredential) && !isForeign) expect(verified.status).toBe(200);
    },
  );

  test.each(of(/-fail(-or-inject)?\.json$/, 'credential'))('%s is not issued', async file => {
    expect((await issue(asSuiteSends(file))).status).toBe(400);
  });

  test.each(
    of(/(?<!enveloped-vc)-ok\.json$/, 'presentation').filter(([file]) => !file!.includes('enveloped')),
  )('%s is verified', async file => {
    const presented = await signed(file);

    expect((await post('presentations/verify', { verifiablePresentation: presented })).status).toBe(200);
  });

  test.each(of(/-fail(-or-inject)?\.json$/, 'presentation'))('%s is not verified', async file => {
    const presented = await signed(file).catch(() => read(file));

    expect((await post('presentations/verify', { verifiablePresentation: presented })).status).toBe(400);
  });

  const issue = (credential: object) => post('credentials/issue', { credential, options: {} });

  async function post(path: string, body: object) {
    const answer = await fetch(`${service.url}/aa/${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    return { status: answer.status, body: (await answer.json()) as any }; // oxlint-disable-line no-explicit-any
  }

  /** As the suite's own generator does: credentials without a proof are issued first, then the holder signs. */
  async function signed(file: string): Promise<object> {
    const presentation = read(file);
    const given = [presentation.verifiableCredential].flat().filter(one => one !== undefined) as object[];
    const own = file.includes('self-asserted') ? given : await Promise.all(given.map(issued));
    return signPresentation(
      { ...presentation, ...(given.length > 0 && { verifiableCredential: own }) },
      {
        signer: { verificationMethod: `${holder}#${multikey}`, privateKey },
        createdAt: new Date('2024-01-01T00:00:00Z'),
        contexts: new Map([
          ...credentialContexts,
          [
            'https://www.w3.org/ns/credentials/examples/v2',
            { '@context': { '@vocab': 'https://www.w3.org/ns/credentials/examples#' } },
          ],
        ]),
      },
    );
  }

  async function issued(credential: object): Promise<object> {
    const { body } = await issue({ issuer: holder, ...credential });
    return body.verifiableCredential ?? credential;
  }
}

const read = (file: string) => JSON.parse(readFileSync(join(at, file), 'utf8'));
const year = 365 * 86_400_000;
const now = Date.now();

/** The suite fills in its issuer where an input is not about issuers, and dates where it says so. */
function asSuiteSends(file: string): object {
  const input = read(file);
  const dates = (['validFrom', 'validUntil'] as const).filter(field => field in input).map(field => [field, dateNamed(input[field])]); // prettier-ignore
  const isBare = typeof input.issuer === 'object' && input.issuer !== null && !('id' in input.issuer);
  const issuer = isBare ? { ...input.issuer, id: 'did:example:issuer' } : input.issuer;
  return {
    ...input,
    issuer: issuer === undefined ? 'did:example:issuer' : issuer,
    ...Object.fromEntries(dates),
  };
}

function dateNamed(given: unknown): unknown {
  if (given === 'PAST DATE') return new Date(now - year).toISOString();
  return given === 'FUTURE DATE' ? new Date(now + year).toISOString() : given;
}

const isInTime = ({ validFrom, validUntil }: { validFrom?: string; validUntil?: string }): boolean =>
  !(Date.parse(validFrom ?? '') > now) && !(Date.parse(validUntil ?? '') < now);
