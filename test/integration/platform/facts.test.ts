import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PROJECT_ROOT } from '../../../src/platform/config';
import { testService, type TestService } from '../../harness/service';
import { inhabit, type Inhabited } from '../isolation/inhabit';
import { operationsOf } from '../isolation/operations';
import { tablesOf, textsIn, UUID } from '../isolation/rows';

/** In every text that somebody wrote in the country. */
const WORD = 'Quibbledon';
/** What no field of a payload is called. */
const PERSONAL = /name|birth|phone|mail|identifier|address|text|note/i;

/** Every kind of fact that some module declares, with its payload as the code has it. */
const declared = (): { type: string; payload: string }[] =>
  readdirSync(join(PROJECT_ROOT, 'src'), { recursive: true, encoding: 'utf8' })
    .filter(file => file.endsWith('.events.ts'))
    .flatMap(file => [
      ...readFileSync(join(PROJECT_ROOT, 'src', file), 'utf8').matchAll(
        /factType<([\w\W]*?)>\(\s*'([a-z-]+\.[a-z-]+)'/g,
      ),
    ])
    .map(([, payload, type]) => ({ type: type!, payload: payload! }));

describe('facts', () => {
  let service: TestService;
  let aa: Inhabited;
  let facts: Record<string, unknown>[];

  beforeAll(async () => {
    service = await testService();
    aa = await inhabit(service, await service.country('aa'), operationsOf(service), WORD);
    facts = (await tablesOf(service, 'tenant_aa')).get('outbox_event')!;
  }, 600_000);
  afterAll(() => service.stop());

  it('say who by an id, and nothing that a person is called, born on, reached at or numbered with', () => {
    // A unit's id is what is printed on it (decision 0031), and its tracking code with it: nobody's
    const units = new Set(facts.map(({ payload }) => (payload as { unitId?: string }).unitId));
    const secrets = aa.secrets.filter(secret => !units.has(secret));
    const telling = [
      WORD,
      '1990-05-05',
      '1951-02-03',
      '0244000001',
      '0244000002',
      '233244',
      'GHA-700800900',
      ...secrets,
    ];
    const told = facts.flatMap(({ type, payload }) =>
      [...textsIn(payload)]
        .filter(text =>
          telling.some(word => text.includes(word) || text.replaceAll(/\W/g, '').includes(word)),
        )
        .map(text => `${String(type)}: ${text}`),
    );

    expect(facts.length).toBeGreaterThan(50);
    expect(told).toEqual([]);
  });

  it('hold codes, ids, days and instants, and no sentence', () => {
    const isCode = (text: string): boolean =>
      /^[\w:.+@/=-]{0,80}$/u.test(text) || new RegExp(UUID.source).test(text);
    const sentences = facts.flatMap(({ type, payload }) =>
      [...textsIn(payload)].filter(text => !isCode(text)).map(text => `${String(type)}: ${text}`),
    );

    expect(sentences).toEqual([]);
  });

  it('are met in most of the kinds that modules announce', () => {
    const kinds = declared().map(({ type }) => type);
    const met = new Set(facts.map(({ type }) => type as string));

    expect([...met].filter(type => !kinds.includes(type))).toEqual([]);
    expect(met.size).toBeGreaterThan(kinds.length / 2);
  });

  it('have no field that is called like something personal', () => {
    const fields = declared().flatMap(({ type, payload }) =>
      [...payload.matchAll(/(\w+)\??:/g)].map(([, field]) => `${type} ${field!}`),
    );

    expect(fields.length).toBeGreaterThan(40);
    expect(fields.filter(field => PERSONAL.test(field.split(' ')[1]!))).toEqual([]);
  });
});
