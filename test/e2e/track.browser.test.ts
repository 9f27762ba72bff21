import type { Browser } from 'playwright-core';
import { newId } from '../../src/common';
import type { TenantRef } from '../../src/platform/context';
import { chromiumPath, openBrowser, visit } from '../harness/browser';
import { addHourlyLegs, addHub } from '../harness/worlds/hubs';
import { type Caller, country, testService, type TestService } from '../harness/service';
import { skipUnless } from '../harness/run/skip';

const SEND = `mutation ($input: SendConsignmentInput!) { sent: sendConsignment(input: $input) {
  ... on Consignment { unit trackingCode dueAt } } }`;
const SCAN = `mutation ($input: CaptureScanInput!) { captureScan(input: $input) { outcome } }`;

const BACK = `mutation ($input: ReturnConsignmentInput!) { returnConsignment(input: $input) { __typename } }`;

const withBrowser = skipUnless(chromiumPath, 'the tracking page in a browser: Chromium is not installed');

withBrowser('the tracking page in a browser', () => {
  let service: TestService;
  let tenant: TenantRef;
  let browser: Browser;
  let sent: { unit: string; trackingCode: string; dueAt: string };
  let refused: typeof sent;
  let waiting: typeof sent;

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
    await addHourlyLegs(service, tenant, { from: to, to: from, minutes: 60 });
    const send = async (): Promise<typeof sent> => {
      const input = { idempotencyKey: newId(), kind: 'CERTIFICATE', fromHubId: from, toHubId: to };
      return (await service.graphql(SEND, { input }, officer)).data.sent;
    };
    const scan = async (
      at: string,
      step: string,
      { unit }: typeof sent,
      hubId: string,
      more: object = {},
    ) => {
      const device = { deviceId: 'device-0001', deviceTime: new Date().toISOString() };
      const one = { clientId: newId(), at, step, hubId, units: [unit], ...more };
      const { data } = await service.graphql(SCAN, { input: { ...device, scan: one } }, officer);
      expect(data.captureScan.outcome).toBe('RECORDED');
    };
    [sent, refused, waiting] = [await send(), await send(), await send()];
    await scan('2026-01-05T08:30:00Z', 'ACCEPTED', sent, from);
    await scan('2026-01-05T09:00:00Z', 'DELIVERY_FAILED', refused, to, { failure: 'NOBODY_THERE' });
    await scan('2026-01-05T10:00:00Z', 'HELD_FOR_PICKUP', refused, to);
    await scan('2026-01-05T10:00:00Z', 'HELD_FOR_PICKUP', waiting, to, { holdDays: 5 });
    await service.graphql(BACK, { input: { idempotencyKey: newId(), unit: refused.unit } }, officer);
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

  it.each([
    ['en', 'Goes back to the sender', 'Could not be handed over: nobody was there', 'Ready to be picked up'],
    ['bn', 'প্রেরকের কাছে ফিরছে', 'হস্তান্তর করা যায়নি: কেউ ছিলেন না', 'নেওয়ার জন্য প্রস্তুত'],
    ['ar', 'تعود إلى المرسل', 'تعذر تسليمها: لم يكن هناك أحد', 'جاهزة للاستلام'],
  ])(
    'tells in her language (%s) of the last mile, and where it goes since then',
    async (language, ...told) => {
      const { page, faults } = await visit(browser, service.url, `/aa/track?lang=${language}`);

      await page.locator('#code').fill(refused.trackingCode);
      await page.keyboard.press('Enter');
      await page.locator('#answer').waitFor();

      const [status, ...steps] = told;
      expect(await page.locator('#answer').innerText()).toBe(status);
      const answer = await page.locator('main').innerText();
      for (const step of steps) expect(answer).toContain(step);
      expect(faults).toEqual([]);
    },
  );

  it.each(['en', 'bn', 'ar'])('tells in her language (%s) until when it can be picked up', async language => {
    const { page } = await visit(browser, service.url, `/aa/track?lang=${language}`);

    await page.locator('#code').fill(waiting.trackingCode);
    await page.keyboard.press('Enter');
    await page.locator('#answer').waitFor();

    const until = new Intl.DateTimeFormat(language, { dateStyle: 'long', timeZone: 'UTC' });
    expect(await page.locator('main').innerText()).toContain(until.format(new Date('2026-01-10')));
  });

  it('says of an unknown code that nothing is known, and asks again', async () => {
    const { page } = await visit(browser, service.url, '/aa/track?lang=en');

    await page.locator('#code').fill('0000-0000-0000');
    await page.keyboard.press('Enter');

    await page.locator('#answer').waitFor();
    expect(await page.locator('#answer').innerText()).toBe('Nothing is known by this code');
    expect(await page.locator('#code').inputValue()).toBe('');
  });
});
