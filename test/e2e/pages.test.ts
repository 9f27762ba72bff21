import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, validate } from 'graphql';
import { GraphQLSchemaHost } from '@nestjs/graphql';
import { PROJECT_ROOT } from '../../src/platform/config';
import { testService, type TestService } from '../harness/service';

const EXAMPLES = join(PROJECT_ROOT, 'examples');

describe('the public pages', () => {
  let service: TestService;

  beforeAll(async () => {
    service = await testService();
    await service.country('aa', 'gh');
  }, 120_000);
  afterAll(() => service.stop());

  const get = (path: string, headers: Record<string, string> = {}) =>
    fetch(`${service.url}${path}`, { headers });
  const textOf = async (path: string, headers: Record<string, string> = {}) =>
    (await get(path, headers)).text();
  const post = (path: string, code: string, headers: Record<string, string> = {}) =>
    fetch(`${service.url}${path}`, { method: 'POST', headers, body: new URLSearchParams({ code }) });

  it.each([
    ['fr', 'ltr', 'Vérifier un certificat'],
    ['bn', 'ltr', 'সনদ যাচাই'],
    ['ar', 'rtl', 'التحقق من شهادة'],
  ])('are written in the language the browser asks for: %s', async (language, direction, words) => {
    const page = await textOf('/verify', { 'accept-language': `${language}, en;q=0.5` });

    expect(page).toContain(`<html lang="${language}" dir="${direction}">`);
    expect(page).toContain(words);
  });

  it('are written in the language the address asks for before the browser’s, and keep it in their links', async () => {
    const page = await textOf('/?lang=pt', { 'accept-language': 'bn' });

    expect(page).toContain('<html lang="pt" dir="ltr">');
    expect(page).toContain('href="/verify?lang=pt"');
  });

  it('are written in the country’s own language for a visitor who asks for none that is known', async () => {
    expect(await textOf('/aa/verify', { 'accept-language': 'tlh' })).toContain('<html lang="en"');
    expect(await textOf('/aa/verify?lang=es')).toContain('<html lang="es"');
  });

  it('name the countries served, each in the visitor’s language', async () => {
    expect(await textOf('/?lang=es')).toContain('Ghana');
    expect(await textOf('/?lang=bn')).toContain('ঘানা');
  });

  it('say in words that a page or a country is not there', async () => {
    const missing = await get('/zz/verify?lang=es');

    expect(missing.status).toBe(404);
    expect(missing.headers.get('content-type')).toContain('text/html');
    expect(await missing.text()).toContain('Esta página no existe');
  });

  it.each(['/', '/verify', '/explorer', '/sandbox/outbox'])(
    '%s runs no script but our own, is framed by nobody and brings nothing from elsewhere',
    async path => {
      const answer = await get(path);
      const page = await answer.text();

      const policy = answer.headers.get('content-security-policy')!;
      expect(policy).toContain("default-src 'none'; script-src 'self';");
      expect(policy).toContain("frame-ancestors 'none'");
      expect(page).not.toMatch(/<script(?![^>]* src="\/assets\/)|<style|\sstyle=|\son\w+=/);
      expect(page).not.toMatch(/(?:src|href|action)="(?:https?:)?\/\//);
    },
  );

  it('are not sent again to a browser that has them', async () => {
    const first = await get('/verify');
    const second = await get('/verify', { 'if-none-match': first.headers.get('etag')! });

    expect([first.status, second.status]).toEqual([200, 304]);
  });

  it('have files that a browser may keep for ever, since a changed file has another address', async () => {
    const [, address] = /href="(\/assets\/[^"]+\/pages\.css)"/.exec(await textOf('/'))!;
    const kept = await get(address!);
    const outdated = await get('/assets/an-older-edition/pages.css');

    expect(kept.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    expect(kept.headers.get('content-encoding')).toBe('gzip');
    expect(outdated.headers.get('cache-control')).toBe('no-store');
    expect(await outdated.text()).toBe(await kept.text());
    expect((await get('/assets/x/..%2f..%2fpages.module.js')).status).toBe(404);
  });

  it('give a verdict without any script, by a plain form, and let nobody store it', async () => {
    const answer = await post('/verify?lang=en', 'HC1:NOT A CERTIFICATE');
    const page = await answer.text();

    expect(answer.status).toBe(200);
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(page).toMatch(/<section class="verdict unclear"[\s\S]*Cannot be read/);
    expect(page).not.toContain('NOT A CERTIFICATE');
  });

  it('answer a form without a code, and one from another world, with a verdict and no fault', async () => {
    const empty = await fetch(`${service.url}/verify`, { method: 'POST' });
    const hostile = await post('/aa/verify', '<script>alert(1)</script>'.repeat(1000));

    expect([empty.status, hostile.status]).toEqual([200, 200]);
    expect(await hostile.text()).not.toContain('alert(1)');
  });

  it('show every message’s code in the outbox, of one country at a time', async () => {
    const outbox = await textOf('/sandbox/outbox?tenant=aa&lang=en');
    const [message] = (await (await get('/sandbox/outbox.json?tenant=aa')).json()) as { text: string }[];
    const invitation = message!.text.split(/\s/).at(-1)!;

    expect(outbox).toContain(`<code>${invitation}</code>`);
    expect(await textOf('/sandbox/outbox?lang=en')).not.toContain(invitation);
  });

  it('bring the explorer every example of the repository, each valid against the schema', async () => {
    const examples = (await (await get('/explorer/examples.json')).json()) as { query: string }[];
    const { schema } = service.app.get(GraphQLSchemaHost, { strict: false });
    const files = readdirSync(EXAMPLES).map(name => readFileSync(join(EXAMPLES, name), 'utf8'));
    const written = files.flatMap(text => text.match(/^(query|mutation) /gm) ?? []);

    const faults = examples.flatMap(({ query }) => validate(schema, parse(query)).map(String));

    expect(faults).toEqual([]);
    expect(examples.length).toBe(written.length);
    expect(examples.length).toBeGreaterThan(10);
  });

  it('leave a browser’s plain GET where no page is to the API’s own “not found”', async () => {
    expect((await get('/no/such/page')).status).toBe(404);
  });
});

describe('outside the sandbox', () => {
  let service: TestService;

  beforeAll(async () => {
    service = await testService({
      TIKASETU_SANDBOX: 'false',
      TIKASETU_MESSAGE_GATEWAY_URL: 'https://gateway.example',
    });
  }, 120_000);
  afterAll(() => service.stop());

  it('there is no outbox, neither for people nor for programs', async () => {
    const statuses = await Promise.all(
      ['/sandbox/outbox', '/sandbox/outbox.json'].map(async path => (await fetch(service.url + path)).status),
    );

    expect(statuses).toEqual([404, 404]);
    expect(await (await fetch(service.url)).text()).not.toContain('/sandbox/');
  });

  it('the explorer asks for sign-in, since the schema hides from strangers', async () => {
    const page = await (await fetch(`${service.url}/explorer?lang=en`)).text();
    const { errors } = await service.graphql('{ __schema { types { name } } }');

    expect(page).toContain('Sign in to see the schema');
    expect(errors![0]!.extensions.code).toBe('UNAUTHENTICATED');
  });
});
