import type { TenantRef } from '../../../src/platform/context';
import { type Caller, country, testService, type TestService } from '../../harness/service';

let service: TestService;
let tenant: TenantRef;
let admin: Caller;

beforeAll(async () => {
  service = await testService();
  tenant = await service.country('aa', 'ar');
  const token = await service.tokenFor(tenant, [country('configuration-admin')]);
  admin = { tenant: tenant.code, token, language: 'en' };
}, 120_000);
afterAll(() => service.stop());

const SET = `mutation ($input: SetTextInput!) { setText(input: $input) }`;
const ADD = `mutation ($input: AddLanguageInput!) { addLanguage(input: $input) { code source isDefault } }`;
const MISSING = `query ($language: String!, $after: String) { missingTexts(language: $language, first: 100, after: $after) {
  total endCursor items { kind key fallback text } } }`;

const setText = (language: string, key: string, text: string) =>
  service.graphql(SET, { input: { language, key, text } }, admin);
const add = (code: string, more: object = {}) =>
  service.graphql(ADD, { input: { code, name: code, direction: 'LTR', fallback: ['es'], ...more } }, admin);
/** The one wrong call that every language has to answer: nobody signed in. */
const wrongCall = (language: string) =>
  service.graphql(`{ myPeople { id } }`, {}, { tenant: tenant.code, language });

interface Missing {
  kind: string;
  key: string;
  fallback: string | null;
  text: string;
}

/** Every page of the report; their sum must be the total it states. */
async function allMissing(language: string): Promise<Missing[]> {
  const seen: Missing[] = [];
  for (let after: string | null = null; ;) {
    const { data } = await service.graphql(MISSING, { language, after }, admin);
    seen.push(...(data.missingTexts.items as Missing[]));
    after = data.missingTexts.endCursor as string | null;
    if (after) continue;
    expect(seen).toHaveLength(data.missingTexts.total as number);
    return seen;
  }
}

describe('one wrong call', () => {
  test('is answered in the caller’s language, as is an input fault', async () => {
    await add('ar', { direction: 'RTL' });
    await add('bn');
    const said = await Promise.all(
      ['es', 'bn', 'ar', 'en'].map(async code => (await wrongCall(code)).errors?.[0]),
    );
    expect(said.map(error => error?.extensions.code)).toEqual(
      Array.from({ length: 4 }, () => 'UNAUTHENTICATED'),
    );
    expect(said.map(error => error?.message)).toEqual([
      'Inicie sesión para hacer esto.',
      'এটি করতে সাইন ইন করুন।',
      'سجّل الدخول للقيام بذلك.',
      'Sign in to do this.',
    ]);
    const phone = (language: string) =>
      service.graphql(
        `mutation { requestSignInCode(phone: "12") { requestId } }`,
        {},
        { tenant: tenant.code, language },
      );
    const faults = await Promise.all(['es', 'bn', 'ar'].map(async code => (await phone(code)).errors?.[0]));
    expect(
      faults.map(error => (error?.extensions.faults as { message: string }[] | undefined)?.[0]?.message),
    ).toEqual(['No es un número de teléfono válido.', 'এটি সঠিক ফোন নম্বর নয়।', 'هذا ليس رقم هاتف صحيحاً.']);
  });

  test('is answered for a constraint of an input in the caller’s language', async () => {
    const answer = await service.graphql(
      SET,
      { input: { language: 'es', key: 'x', text: '' } },
      { ...admin, language: 'es' },
    );
    expect(answer.errors?.[0]?.message).toBe('Parte de lo enviado no es correcto.');
    expect(answer.errors?.[0]?.extensions.faults).toMatchObject([
      { path: 'key', message: 'El texto es demasiado corto o demasiado largo.' },
      { path: 'text' },
    ]);
  });
});

describe('a country’s own words', () => {
  test('are said at once, and the product’s again after a reset', async () => {
    await setText('es', 'errors.UNAUTHENTICATED', 'Primero hay que ingresar.');
    const own = await wrongCall('es');
    await service.graphql(`mutation { resetText(language: "es", key: "errors.UNAUTHENTICATED") }`, {}, admin);
    const product = await wrongCall('es');
    expect(own.errors?.[0]?.message).toBe('Primero hay que ingresar.');
    expect(product.errors?.[0]?.message).toBe('Inicie sesión para hacer esto.');
  });

  test.each([
    ['with a placeholder left out', 'errors.RATE_LIMITED', 'Espere.', 'localisation.invalid.placeholders'],
    [
      'with a placeholder of its own',
      'errors.NOT_FOUND',
      'No existe {who}.',
      'localisation.invalid.placeholders',
    ],
    ['that are no ICU message', 'errors.NOT_FOUND', 'No existe {', 'localisation.invalid.syntax'],
    ['for a text that the product does not have', 'errors.NONE', 'Nada', 'localisation.invalid.key'],
    ['for a whole module', 'errors', 'Nada', 'localisation.invalid.key'],
    ['for what every object has', 'errors.constructor', 'Nada', 'localisation.invalid.key'],
  ])('%s are refused', async (_, key, text, fault) => {
    const answer = await setText('es', key, text);
    expect(answer.errors?.[0]?.extensions).toMatchObject({ code: 'INVALID_INPUT', faults: [{ key: fault }] });
  });

  test('in a language that the country does not have are refused', async () => {
    const answer = await setText('xx', 'errors.NOT_FOUND', 'Nada');
    expect(answer.errors?.[0]?.extensions.faults).toMatchObject([
      { key: 'localisation.invalid.languageUnknown' },
    ]);
  });

  test('may hold plural rules where the product’s text has none', async () => {
    const text = 'Espere {seconds, plural, one {un segundo} other {# segundos}}.';
    const answer = await setText('es', 'errors.RATE_LIMITED', text);
    expect(answer.data).toEqual({ setText: true });
  });
});

describe('a language added while the service runs', () => {
  test('is offered to everybody and falls back along its chain', async () => {
    const added = await add('qu', { name: 'Runasimi', fallback: ['es'] });
    const offered = await service.graphql(
      `{ languages { code direction source isDefault } }`,
      {},
      { tenant: 'aa' },
    );
    const answer = await wrongCall('qu');
    expect(added.data.addLanguage).toEqual({ code: 'qu', source: 'ADDED', isDefault: false });
    expect(offered.data.languages).toEqual(
      expect.arrayContaining([
        { code: 'es', direction: 'LTR', source: 'PACK', isDefault: true },
        { code: 'qu', direction: 'LTR', source: 'ADDED', isDefault: false },
      ]),
    );
    expect(answer.errors?.[0]?.message).toBe('Inicie sesión para hacer esto.');
  });

  test('is spoken as soon as it has a text', async () => {
    await add('gn', { name: 'Avañeʼẽ' });
    await setText('gn', 'errors.UNAUTHENTICATED', 'Eike raẽ.');
    expect((await wrongCall('gn')).errors?.[0]?.message).toBe('Eike raẽ.');
  });

  test.each([
    ['what is no language tag', 'no_tag', {}, 'localisation.invalid.language'],
    ['a tag not in its canonical form', 'ES-ar', {}, 'localisation.invalid.language'],
    ['a language of the pack', 'es', { fallback: [] }, 'localisation.invalid.languageOfPack'],
    ['a fallback that there is not', 'pt', { fallback: ['xx'] }, 'localisation.invalid.languageUnknown'],
    ['itself as fallback', 'pt', { fallback: ['pt'] }, 'localisation.invalid.languageUnknown'],
  ])('%s is refused', async (_, code, more, fault) => {
    const answer = await add(code, more);
    expect(answer.errors?.[0]?.extensions.faults).toMatchObject([{ key: fault }]);
  });
});

describe('the report of what is missing', () => {
  test('names nothing of the product in a language that it speaks', async () => {
    const answer = await service.graphql(MISSING, { language: 'es' }, admin);
    const { items } = answer.data.missingTexts as { items: { key: string }[] };
    expect(
      items.filter(({ key }) => /^(errors|identity|tenancy|validation|registry|audit)\./.test(key)),
    ).toEqual([]);
  });

  test('names every text in a new language, with what is said meanwhile, until it is said', async () => {
    await add('ay', { fallback: ['es'] });
    const before = await allMissing('ay');
    await setText('ay', 'errors.NOT_FOUND', 'Janiw utjkiti.');
    const after = await allMissing('ay');
    expect(before).toContainEqual({
      kind: 'PRODUCT',
      key: 'errors.NOT_FOUND',
      fallback: 'es',
      text: 'No existe ese registro.',
    });
    expect(after).toEqual(before.filter(({ key }) => key !== 'errors.NOT_FOUND'));
  });

  test('goes through the names of the country pack too, page by page, each once', async () => {
    await add('mi', { fallback: ['es'] });
    const seen = await allMissing('mi');
    const content = seen.filter(item => item.kind === 'CONTENT');
    expect(new Set(seen.map(item => item.key)).size).toBe(seen.length);
    expect(content.map(item => item.key)).toEqual(
      expect.arrayContaining(['profile/sexes/female/name', 'pack/texts/certificate.title']),
    );
    expect(content.filter(item => item.key.startsWith('pack/products/')).length).toBeGreaterThan(3);
    expect(content.filter(item => item.key.startsWith('pack/areas/')).length).toBeGreaterThan(20);
    expect(new Set(content.map(item => item.fallback))).toEqual(new Set(['es']));
  });

  test('shows the texts of a module as they are said, with where they come from', async () => {
    await add('sw');
    await setText('sw', 'errors.NOT_FOUND', 'Hakuna.');
    const answer = await service.graphql(
      `{ texts(module: "errors", language: "sw") { key text language source placeholders } }`,
      {},
      admin,
    );
    expect(answer.data.texts).toEqual(
      expect.arrayContaining([
        { key: 'errors.NOT_FOUND', text: 'Hakuna.', language: 'sw', source: 'OWN', placeholders: [] },
        expect.objectContaining({
          key: 'errors.RATE_LIMITED',
          language: 'es',
          source: 'FALLBACK',
          placeholders: ['seconds'],
        }),
      ]),
    );
  });
});

describe('who may change texts', () => {
  const roles = ['vaccinator', 'registrar', 'district-manager', 'auditor', 'programme-admin', 'user-admin'];
  test.each(roles)('a %s may not', async role => {
    const token = await service.tokenFor(tenant, [country(role)]);
    const answer = await service.graphql(
      SET,
      { input: { language: 'es', key: 'errors.NOT_FOUND', text: 'Nada.' } },
      { tenant: tenant.code, token },
    );
    expect(answer.errors?.[0]?.extensions.code).toBe('FORBIDDEN');
  });

  test('one country’s words are not said in another, nor can its administrator change them', async () => {
    await service.country('bb', 'ar');
    await setText('es', 'errors.UNAUTHENTICATED', 'Aquí se ingresa primero.');
    const foreign = await service.graphql(
      SET,
      { input: { language: 'es', key: 'errors.NOT_FOUND', text: 'Nada.' } },
      { ...admin, tenant: 'bb' },
    );
    const said = await service.graphql(`{ myPeople { id } }`, {}, { tenant: 'bb', language: 'es' });
    expect(foreign.errors?.[0]?.extensions.code).toBe('UNAUTHENTICATED');
    expect(said.errors?.[0]?.message).toBe('Inicie sesión para hacer esto.');
  });
});
