import { createHash } from 'node:crypto';
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { openTrustBundle, type PublicJwk, verifyWithBundle } from '../../src/codecs/trust-bundle';
import { newId } from '../../src/common';
import { IssueCertificate } from '../../src/certificates/issue-certificate';
import type { TenantRef } from '../../src/platform/context';
import { chromiumPath, openBrowser, underItsWorker, visit } from '../harness/browser';
import { certificateOfADose } from '../harness/worlds/certificate-in-hand';
import { country, testService, type TestService } from '../harness/service';
import { skipUnless } from '../harness/run/skip';

const STEP = `mutation ($input: ChangeTenantStateInput!) { changeTenantState(input: $input) { state } }`;
const LANGUAGES = ['en', 'bn', 'es', 'fr', 'pt', 'hi', 'ar'];
const TYPES: Record<string, string> = {
  css: 'text/css',
  html: 'text/html',
  js: 'text/javascript',
  svg: 'image/svg+xml',
};
const withBrowser = skipUnless(chromiumPath, 'the archived verify page: Chromium is not installed');
const run = promisify(execFile);

/** What is left of a country whose service is gone: files, and any web server. */
describe('certificates of a suspended country', () => {
  let service: TestService;
  let tenant: TenantRef;
  let valid: string;
  let revoked: string;
  let gone: Server;
  let address: string;
  const folder = mkdtempSync(join(tmpdir(), 'tikasetu-archive-'));
  const file = (path: string): Buffer => readFileSync(join(folder, path));

  beforeAll(async () => {
    service = await testService();
    tenant = await service.country('aa', 'gh');
    const one = await certificateOfADose(service, tenant);
    revoked = one.code;
    const cause = 'person-corrected';
    await service.app
      .get(IssueCertificate)
      .run(service.contextOf(tenant), { personId: one.personId, factId: newId(), cause });
    valid = await one.read();
    const made = await service.graphql(
      `mutation ($input: MakeCertificateProofInput!) { makeCertificateProof(input: $input) { __typename } }`,
      { input: { personId: one.personId, format: 'SD_JWT_VC' } },
      { tenant: 'aa', token: await service.tokenFor(tenant, [country('registrar')]) },
    );
    if (made.data?.makeCertificateProof.__typename !== 'CertificateProof')
      throw new Error(JSON.stringify(made));
    const operator = { token: await service.tokenFor(null, [country('operator')], 'operator') };
    const step = { input: { code: 'aa', step: 'SUSPEND', reason: 'unpaid' } };
    const suspended = await service.graphql(STEP, step, operator);
    if (suspended.errors) throw new Error(JSON.stringify(suspended.errors));
    await run(process.execPath, [
      'scripts/tikasetu.mjs',
      'archive-certificates',
      `${service.url}/aa`,
      folder,
    ]);
    await service.stop();
    gone = await serverOf(folder);
    address = `http://127.0.0.1:${(gone.address() as AddressInfo).port}`;
  }, 240_000);
  afterAll(() => {
    gone?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const judged = async (code: string, at: Date) => {
    const { keys } = JSON.parse(String(file('aa/.well-known/jwks.json'))) as { keys: PublicJwk[] };
    const opened = await openTrustBundle(String(file('aa/trust/bundle.jws')), keys);
    if (opened.outcome !== 'valid') throw new Error(opened.reason);
    const verdict = await verifyWithBundle(code, opened.bundle, at);
    return verdict.outcome === 'valid' ? { outcome: 'valid', stale: verdict.stale } : verdict.reason;
  };

  it('verify from the files alone, weeks after, and revoked ones do not', async () => {
    const later = new Date(Date.now() + 60 * 86_400_000);

    expect(await judged(valid, later)).toEqual({ outcome: 'valid', stale: false });
    expect(await judged(revoked, later)).toBe('revoked');
  });

  it('have with them every list and key that verifiers look for, each with its sum', async () => {
    const sums = String(file('SHA256SUMS')).trim().split('\n');

    const paths = sums.map(line => line.split('  ')[1]!);
    expect(paths).toEqual(
      expect.arrayContaining([
        'aa/.well-known/jwks.json',
        'aa/did.json',
        'aa/trust/dsc.json',
        'aa/trust/bundle.jws',
        'aa/trust/revocations.jws',
        'aa/trust/token-status/1',
        'aa/verify/index.html',
        ...LANGUAGES.map(language => `aa/verify/${language}/index.html`),
        'aa/verify/trust-bundle',
        'verify-worker.js',
      ]),
    );
    expect(sums).toEqual(
      paths.map(path => `${createHash('sha256').update(file(path)).digest('hex')}  ${path}`),
    );
  });

  withBrowser('on the page that was archived', () => {
    it('are told genuine or not by any web server that has the files', async () => {
      const browser = await openBrowser();
      const { page } = await visit(browser, address, '/aa/verify');
      const verdictOn = async (code: string): Promise<string> => {
        await page.fill('#code', code);
        await page.click('form > .button');
        await page.waitForSelector('.verdict');
        const verdict = await page.locator('.verdict h1').innerText();
        await page.reload();
        return verdict;
      };

      const told = [await verdictOn(valid), await verdictOn(revoked)];

      await browser.close();
      expect(told).toEqual(['Genuine and valid', expect.not.stringContaining('Genuine')]);
    }, 60_000);

    it('are told so in the language of the visitor, each in its own letters', async () => {
      const browser = await openBrowser();
      const told: string[] = [];
      for (const language of LANGUAGES) {
        const { page } = await visit(browser, address, '/aa/verify', { locale: language });
        await page.waitForURL(`**/aa/verify/${language}/`);
        await page.fill('#code', valid);
        await page.click('form > .button');
        await page.waitForSelector('.verdict.good');
        const { lang, dir } = await page.evaluate<{ lang: string; dir: string }>(
          '({ lang: document.documentElement.lang, dir: document.documentElement.dir })',
        );
        expect([lang, dir]).toEqual([language, language === 'ar' ? 'rtl' : 'ltr']);
        told.push(await page.locator('.verdict h1').innerText());
        await page.context().close();
      }

      await browser.close();
      expect(new Set(told).size).toBe(LANGUAGES.length);
      expect(told.map(scriptOf)).toEqual([
        'Latin',
        'Bengali',
        'Latin',
        'Latin',
        'Latin',
        'Devanagari',
        'Arabic',
      ]);
    }, 120_000);

    it('are led to another language by the page’s own list, and stay there without a network', async () => {
      const browser = await openBrowser();
      const { page } = await visit(browser, address, '/aa/verify', { locale: 'fr-CA' });
      await page.waitForURL('**/aa/verify/fr/');

      await page.click('.languages summary');
      await page.click('.languages a[lang=hi]');
      await page.waitForURL('**/aa/verify/hi/');
      await underItsWorker(page);
      await page.context().setOffline(true);
      await page.reload();
      await page.fill('#code', valid);
      await page.click('form > .button');
      await page.waitForSelector('.verdict.good');

      expect(await page.evaluate('document.documentElement.lang')).toBe('hi');
      await browser.close();
    }, 60_000);
  });
});

const scriptOf = (text: string): string | undefined =>
  ['Bengali', 'Devanagari', 'Arabic', 'Latin'].find(script =>
    new RegExp(`\\p{Script=${script}}`, 'u').test(text),
  );

/** As plain a server as there is: a file, or the index of a folder, by GET; nothing else. */
async function serverOf(folder: string): Promise<Server> {
  const server = createServer((request, response) => {
    const path = new URL(request.url!, 'http://localhost').pathname;
    const found = [path, `${path}/index.html`].find(one => isFile(join(folder, one)));
    if (request.method !== 'GET' || !found) {
      response.writeHead(request.method === 'GET' ? 404 : 405).end();
      return;
    }
    const type = TYPES[/\.(\w+)$/.exec(found)?.[1] ?? ''] ?? 'application/octet-stream';
    response.writeHead(200, { 'content-type': type }).end(readFileSync(join(folder, found)));
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  return server;
}

function isFile(path: string): boolean {
  try {
    return readFileSync(path).length >= 0;
  } catch {
    return false;
  }
}
