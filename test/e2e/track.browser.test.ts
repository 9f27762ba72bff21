import type { Browser } from 'playwright-core';
import { newId } from '../../src/common';
import type { TenantRef } from '../../src/platform/context';
import { chromiumPath, openBrowser, visit } from '../harness/browser';
import { addHourlyLegs, addHub } from '../harness/hubs';
import { type Caller, country, testService, type TestService } from '../harness/service';
import { skipUnless } from '../harness/skip';

const SEND = `mutation ($input: SendConsignmentInput!) { sent: sendConsignment(input: $input) {
  ... on Consignment { unit trackingCode dueAt } } }`;
const SCAN = `mutation ($input: CaptureScanInput!) { captureScan(input: $input) { outcome } }`;

const withBrowser = skipUnless(chromiumPath, 'the tracking page in a browser: Chromium is not installed');

withBrowser('the tracking page in a browser', () => {
  let service: TestService;
  let tenant: TenantRef;
  let browser: Browser;
  let sent: { unit: string; trackingCode: string; dueAt: string };

  beforeAll(async () => {
    service = await testService();
    tenant = await service.country('aa', 'bd');
    const [from, to] = [
      await addHub(service, tenant, { code: 'ALPHA' }),
      await addHub(service, tenant, { code: 'OMEGA' }),
    ];
    await addHourlyLegs(service, tenant, { from, to, minutes: 60 });
    const officer: Caller = {
      tenant: 'aa',
      token: await service.tokenFor(tenant, [country('logistics-officer')]),
    };
    const { data } = await service.graphql(
      SEND,
      { input: { idempotencyKey: newId(), kind: 'CERTIFICATE', fromHubId: from, toHubId: to } },
      officer,
    );
    sent = data.sent;
    const scan = { at: '2026-01-05T08:30:00Z', step: 'ACCEPTED', hubId: from, units: [sent.unit] };
    const device = { deviceId: 'device-0001', deviceTime: new Date().toISOString() };
    await service.graphql(SCAN, { input: { ...device, scan: { clientId: newId(), ...scan } } }, officer);
    browser = await openBrowser();
  }, 240_000);
  afterAll(async () => {
    await browser?.close();
    await service?.stop();
  });

  const shown = (language: string, instant: string): string =>
    new Intl.DateTimeFormat(language, {
      dateStyle: 'long',
      timeStyle: 'short',
      timeZone: tenant.timeZone,
    }).format(new Date(instant));

  it.each([
    ['en', 'ltr', 'Taken over', 'Hub ALPHA', 'Hub OMEGA'],
    ['bn', 'ltr', 'গ্রহণ করা হয়েছে', 'কেন্দ্র ALPHA', 'কেন্দ্র OMEGA'],
    // Arabic is none of the country's languages: its places are called as the country calls them.
    ['ar', 'rtl', 'استُلمت', 'কেন্দ্র ALPHA', 'কেন্দ্র OMEGA'],
  ])(
    'tells whoever waits, in her language (%s), where it is and when it is due',
    async (language, direction, status, from, to) => {
      const { page, faults, strangers } = await visit(browser, service.url, `/aa/track?lang=${language}`);

      await page.locator('#code').fill(sent.trackingCode.toLowerCase());
      await page.keyboard.press('Enter');
      await page.locator('#answer').waitFor();

      expect(await page.locator('html').getAttribute('dir')).toBe(direction);
      expect(await page.locator('#answer').innerText()).toBe(status);
      const answer = await page.locator('main').innerText();
      expect(answer).toContain(from);
      expect(answer).toContain(to);
      expect(answer).toContain(shown(language, sent.dueAt));
      expect(answer).toContain(shown(language, '2026-01-05T08:30:00Z'));
      expect(page.url()).not.toContain(sent.trackingCode);
      expect([faults, strangers]).toEqual([[], []]);
    },
  );

  it('says of an unknown code that nothing is known, and asks again', async () => {
    const { page } = await visit(browser, service.url, '/aa/track?lang=en');

    await page.locator('#code').fill('0000-0000-0000');
    await page.keyboard.press('Enter');

    await page.locator('#answer').waitFor();
    expect(await page.locator('#answer').innerText()).toBe('Nothing is known by this code');
    expect(await page.locator('#code').inputValue()).toBe('');
  });
});
