import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { toBuffer } from 'qrcode';
import type { TenantRef } from '../../src/platform/context';
import { chromiumPath, openBrowser, visit, type WatchedPage } from '../harness/browser';
import { certificateOfADose, filmOf } from '../harness/worlds/certificate-in-hand';
import { country, testService, type TestService } from '../harness/service';
import { skipUnless } from '../harness/run/skip';

const withBrowser = skipUnless(chromiumPath, 'the pages in a browser: Chromium is not installed');

withBrowser('in a browser', () => {
  let service: TestService;
  let tenant: TenantRef;
  let browser: Browser;
  let code: string;
  const folder = mkdtempSync(join(tmpdir(), 'tikasetu-pages-'));
  const camera = join(folder, 'camera.y4m');

  beforeAll(async () => {
    service = await testService();
    tenant = await service.country('aa', 'gh');
    ({ code } = await certificateOfADose(service, tenant));
    writeFileSync(camera, filmOf(code));
    browser = await openBrowser(
      '--use-fake-ui-for-media-stream',
      '--use-fake-device-for-media-stream',
      `--use-file-for-fake-video-capture=${camera}`,
    );
  }, 180_000);
  afterAll(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true, force: true });
    await service.stop();
  });

  const open = (path: string, options?: BrowserContextOptions): Promise<WatchedPage> =>
    visit(browser, service.url, path, options);
  const verdictOn = async (page: Page): Promise<string> => page.locator('.verdict h1').innerText();

  it.each(['/', '/aa/verify', '/sandbox/outbox?tenant=aa', '/explorer'])(
    '%s shows no fault and asks nothing of anybody else',
    async path => {
      const { page, faults, strangers } = await open(path);
      await page.waitForLoadState('networkidle');

      expect(faults).toEqual([]);
      expect(strangers).toEqual([]);
      expect(await page.locator('h1').first().innerText()).not.toBe('');
    },
  );

  it('a pasted certificate is verified by the keyboard alone, and the verdict is what is read out first', async () => {
    const { page, faults } = await open('/verify?lang=en');

    await page.keyboard.press('Tab');
    const first = await page.evaluate('document.activeElement.textContent');
    await page.keyboard.press('Enter');
    for (let i = 0; i < 3; i++) await page.keyboard.press('Tab'); // camera, picture, code
    await page.keyboard.insertText(`  ${code.slice(0, 60)}\n${code.slice(60)}\n`);
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.waitForSelector('.verdict');

    expect(first).toBe('Skip to the content');
    expect(await page.evaluate('document.activeElement.id')).toBe('verdict');
    expect(await verdictOn(page)).toBe('Genuine and valid');
    expect(await page.locator('.facts').innerText()).toContain('Ministry of aa');
    expect(await page.locator('tbody tr').count()).toBe(1);
    expect(faults).toEqual([]);
  });

  it('works with scripts forbidden', async () => {
    const { page } = await open('/verify?lang=en', { javaScriptEnabled: false });

    expect(await page.locator('#scan').isVisible()).toBe(false);
    await page.fill('#code', code);
    await page.click('form > .button');

    expect(await verdictOn(page)).toBe('Genuine and valid');
  });

  it('a changed certificate is not believed', async () => {
    const { page } = await open('/verify?lang=en');

    const at = code.length - 20; // in the signature
    await page.fill('#code', code.slice(0, at) + (code[at] === 'A' ? 'B' : 'A') + code.slice(at + 1));
    await page.click('form > .button');
    await page.waitForSelector('.verdict');

    expect(await verdictOn(page)).not.toBe('Genuine and valid');
    expect(await page.locator('.facts').count()).toBe(0);
  });

  it('a photograph of a certificate is read, and leaves the machine only as its text', async () => {
    const { page, faults, strangers } = await open('/verify?lang=en');
    const sent: string[] = [];
    page.on('request', request => request.postData() && sent.push(request.postData()!));

    await page.setInputFiles('#picture', {
      name: 'certificate.png',
      mimeType: 'image/png',
      buffer: await toBuffer(code, { errorCorrectionLevel: 'Q', scale: 6 }),
    });
    await page.waitForSelector('.verdict');

    expect(await verdictOn(page)).toBe('Genuine and valid');
    expect(sent).toEqual([new URLSearchParams({ code }).toString()]);
    expect([faults, strangers]).toEqual([[], []]);
  });

  it('a picture without a code is answered with what to do', async () => {
    const { page } = await open('/verify?lang=en');

    const file = { name: 'holiday.png', mimeType: 'image/png', buffer: Buffer.from('no picture') };
    await page.setInputFiles('#picture', file);

    await page.locator('.notice:has-text("No code was found")').waitFor();

    expect(await page.locator('.verdict').count()).toBe(0);
  });

  it('the camera finds a certificate held before it, and is switched off', async () => {
    const { page, faults } = await open('/verify?lang=en');

    await page.click('#scan');
    await page.waitForSelector('.verdict');

    expect(await verdictOn(page)).toBe('Genuine and valid');
    expect(faults).toEqual([]);
  });

  it('nothing is kept in the browser', async () => {
    const { page } = await open('/verify');
    await page.fill('#code', code);
    await page.click('form > .button');
    await page.waitForSelector('.verdict');

    const kept = await page.evaluate(
      'JSON.stringify([localStorage.length, sessionStorage.length, document.cookie])',
    );

    expect(kept).toBe('[0,0,""]');
    expect(await page.content()).not.toContain(code.slice(0, 40));
  });

  it.each([
    ['/?lang=ar', 1280],
    ['/aa/verify?lang=ar', 360],
    ['/sandbox/outbox?lang=ar', 360],
    ['/?lang=bn', 360],
    ['/explorer?lang=ar', 700],
  ])('%s fits a window %i pixels wide without scrolling sideways', async (path, width) => {
    const { page } = await open(path, { viewport: { width, height: 800 } });

    const overflow = await page.evaluate('document.documentElement.scrollWidth - innerWidth');

    expect(overflow).toBeLessThanOrEqual(0);
  });

  it('Arabic begins at the right', async () => {
    const { page } = await open('/?lang=ar', { viewport: { width: 1000, height: 800 } });

    const brand = (await page.locator('.brand').boundingBox())!;
    const languages = (await page.locator('.languages').boundingBox())!;

    expect(brand.x).toBeGreaterThan(languages.x);
  });

  it.each(['light', 'dark'] as const)('every text stands out from its ground: %s', async colorScheme => {
    const { page } = await open('/verify?lang=en', { colorScheme });
    await page.fill('#code', 'HC1:');
    await page.click('form > .button');
    await page.waitForSelector('.verdict');

    expect(await page.evaluate(FAINT_TEXTS)).toEqual([]);
  });

  it('the outbox shows a new sign-in code by itself, ready to be copied', async () => {
    const { page, faults } = await open('/sandbox/outbox?tenant=aa&lang=en');

    const { errors } = await service.graphql(
      `mutation { requestSignInCode(phone: "+233201234567") { expiresAt } }`,
      {},
      { tenant: 'aa' },
    );
    await service.carryFacts();
    expect(errors).toBeUndefined();
    const first = page.locator('.message').first();
    await first.locator('text=+233201234567').waitFor();

    expect(await first.locator('code').innerText()).toMatch(/^\d{6}$/);
    expect(await first.locator('button').innerText()).toBe('Copy');
    expect(faults).toEqual([]);
  });

  it('the explorer knows the schema and runs an example for the country chosen', async () => {
    const { page, faults, strangers } = await open('/explorer?lang=en', {
      viewport: { width: 1300, height: 800 },
    });

    await page.getByRole('button', { name: 'Products query' }).click();
    await page.waitForFunction(
      `document.querySelector('.graphiql-query-editor .CodeMirror').CodeMirror.getValue().includes('products')`,
    );
    await page.getByLabel('Execute query').click();
    const result = page.locator('.result-window');
    await result.locator('text=BCG').first().waitFor();
    await page.getByLabel('Show Documentation Explorer').click();
    await page.locator('.graphiql-doc-explorer-content >> text=Mutation').first().waitFor();

    expect([faults, strangers]).toEqual([[], []]);
  });

  it('the explorer sends the token of whoever signed in there, in that country alone', async () => {
    const { page } = await open('/explorer?lang=en');
    await page.route('**/graphql', async route => {
      const { query } = route.request().postDataJSON() as { query: string };
      if (!query.includes('ReadLicence')) return route.continue();
      const token = await service.tokenFor(tenant, [country('country-admin')]);
      await route.fulfill({ json: { data: { signInStaff: { token } } } });
    });
    await page.getByLabel('Execute query').click();
    await page.locator('text=Signed in by signInStaff').waitFor();

    const [asked] = await Promise.all([
      page.waitForRequest(request => request.url().endsWith('/graphql')),
      page.getByLabel('Execute query').click(),
    ]);
    await page.selectOption('select[name=tenant]', '');

    expect(asked.headers()).toMatchObject({ authorization: /^Bearer /, 'x-tenant': 'aa' });
    expect(await page.locator('#who').innerText()).toContain('You are nobody yet');
  });
});

/** Texts with less than 4.5 to 1 against the nearest painted ground (WCAG 2.2, 1.4.3), large ones too. */
const FAINT_TEXTS = `(() => {
  const parts = colour => colour.match(/[\\d.]+/g).map(Number);
  const light = ([r, g, b]) => [r, g, b]
    .map(value => value / 255)
    .map(value => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4))
    .reduce((sum, value, index) => sum + value * [0.2126, 0.7152, 0.0722][index], 0);
  const ground = element => {
    for (let at = element; at; at = at.parentElement) {
      const colour = parts(getComputedStyle(at).backgroundColor);
      if (colour[3] !== 0) return colour;
    }
    return [255, 255, 255];
  };
  return [...document.querySelectorAll('body *')]
    .filter(element => [...element.childNodes].some(node => node.nodeType === 3 && node.data.trim()))
    .filter(element => element.checkVisibility())
    .map(element => {
      const [a, b] = [light(parts(getComputedStyle(element).color)), light(ground(element))];
      return [(Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05), element.textContent.trim().slice(0, 40)];
    })
    .filter(([contrast]) => contrast < 4.5);
})()`;
