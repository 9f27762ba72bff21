import { newId } from '../../../src/common';
import { eventHash, namespacesOf } from '../../../src/codecs/epcis';
import type { TenantRef } from '../../../src/platform/context';
import { write } from '../../harness/worlds/clinic';
import { testService, type TestService } from '../../harness/service';
import { skipUnless } from '../../harness/run/skip';
import { registeredPartner } from '../../integration/isolation/callers';
import { documentOf, documentsOf, eventsOf } from './epcis-cases';

type Json = Record<string, unknown>;

const sets = ['valid', 'valid-mutants', 'invalid', 'invalid-mutants', 'queries-valid', 'queries-invalid'];
const files = Object.fromEntries(sets.map(set => [set, documentsOf(set)]));
const counted = (...names: string[]): [string, number][] => names.map(name => [name, files[name]!.length]);

skipUnless(files.valid!.length > 0, 'logistics/epcis is absent (set CONFORMANCE_DATA)')(
  'EPCIS 2.0 over HTTP',
  () => {
    let service: TestService;
    let aa: TenantRef;

    beforeAll(async () => {
      service = await testService();
      aa = await service.country('aa');
    }, 120_000);
    afterAll(() => service.stop());

    /** A partner with nothing kept of it yet: what is found is what was captured last. */
    async function fresh() {
      const id = newId();
      await registeredPartner(service, aa, id);
      const grants = [{ role: 'partner-events', reach: { kind: 'self' as const, id } }];
      const token = await service.tokenFor(aa, grants, 'partner', id);
      const headers = {
        'x-tenant': 'aa',
        authorization: `Bearer ${token}`,
        'content-type': 'application/json',
      };
      const call = async (path: string, body?: unknown) => {
        const answer = await fetch(`${service.url}/epcis${path}`, {
          method: body === undefined ? 'GET' : 'POST',
          headers,
          ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        });
        const text = await answer.text();
        return { status: answer.status, headers: answer.headers, body: JSON.parse(text || 'null') };
      };
      return { id, call };
    }

    const ignoredBy = (document: Json) =>
      Object.entries(document).flatMap(([name, value]) =>
        name.endsWith(':ignoreFields') ? (value as string[]) : [],
      );
    const hashOf = (event: Json, document: Json, like: Json): string =>
      eventHash(event, namespacesOf(document['@context'], event['@context']), ignoredBy(like));
    /** As it was captured, but for when it was recorded: that is ours to say. */
    const bare = (event: Json): Json => ({ ...event, recordTime: null });
    /** Of those that say the same the first, since it is kept once; without key order, which JSON has none of. */
    const texts = (document: Json, like = document): string[] => {
      const firsts = new Map<string, string>();
      for (const event of eventsOf(document)) {
        const key = `${hashOf(event, document, like)} ${JSON.stringify(event.errorDeclaration)}`;
        if (!firsts.has(key)) firsts.set(key, sorted(bare(event)));
      }
      return [...firsts].map(([key, text]) => `${key} ${text}`).sort();
    };
    const sorted = (value: unknown): string =>
      JSON.stringify(value, (_key, one: unknown) =>
        typeof one === 'object' && one !== null && !Array.isArray(one)
          ? Object.fromEntries(Object.entries(one).sort(([a], [b]) => (a < b ? -1 : 1)))
          : one,
      );

    it.each(counted('valid', 'valid-mutants'))(
      'takes each document of the %s ones (%i), and gives it back equal',
      async set => {
        const { call } = await fresh();
        const faults: string[] = [];
        for (const file of files[set]!) {
          const { call: own } = await fresh();
          const document = documentOf(set, file);
          const captured = await own('/capture', document);
          const job =
            captured.status === 202
              ? await own(captured.headers.get('location')!.replace('/epcis', ''))
              : null;
          const found = await own('/events?perPage=500');
          const same = sorted(texts(found.body as Json, document)) === sorted(texts(document));
          if (job?.body.success !== true || !same)
            faults.push(`${file}: ${captured.status} ${JSON.stringify(captured.body)}`);
          await call('/capture', document); // all together, too
        }
        const together = await call('/events?perPage=500');

        expect(faults).toEqual([]);
        expect(together.status).toBe(200);
        expect(eventsOf(together.body as Json).length).toBeGreaterThan(0);
      },
      600_000,
    );

    it.each(counted('invalid', 'invalid-mutants'))(
      'refuses each document of the %s ones (%i) with the place, and keeps nothing',
      async set => {
        const { id, call } = await fresh();
        const faults: string[] = [];
        for (const file of files[set]!) {
          const { status, body } = await call('/capture', documentOf(set, file));
          const places = (body?.errors ?? []) as { at: string }[];
          const wanted = /@(\d+)__/.exec(file)?.[1];
          const there =
            set !== 'invalid-mutants' ||
            !wanted ||
            places.some(({ at }) => `${at}/`.includes(`eventList/${wanted}/`));
          if (
            status !== 400 ||
            body.type !== 'epcisException:ValidationException' ||
            places.length === 0 ||
            !there
          )
            faults.push(`${file}: ${status} ${JSON.stringify(body)}`);
        }
        const kept = await write(service, aa, `SELECT 1 FROM epcis_event WHERE partner_id = $1`, [id]);
        const jobs = await write(service, aa, `SELECT 1 FROM epcis_capture WHERE partner_id = $1`, [id]);

        expect(faults).toEqual([]);
        expect([kept, jobs]).toEqual([[], []]);
      },
      600_000,
    );

    it('keeps each valid query and carries it out, and no other', async () => {
      const { call } = await fresh();
      await call('/capture', documentOf('valid', files.valid![0]!));
      const asked = async (set: string) =>
        Promise.all(
          files[set]!.map(async (file, index) => {
            const name = `${set}-${index}`;
            const kept = await call('/queries', { name, query: documentOf(set, file) });
            const answer = await call(`/queries/${name}/events`);
            return {
              kept: kept.status,
              place: kept.body?.errors?.[0]?.at as string | undefined,
              answer: answer.status,
            };
          }),
        );

      const [valid, invalid] = [await asked('queries-valid'), await asked('queries-invalid')];

      expect(valid.map(({ kept, answer }) => [kept, answer])).toEqual(
        files['queries-valid']!.map(() => [201, 200]),
      );
      expect(invalid.map(({ kept, place, answer }) => [kept, place !== undefined, answer])).toEqual(
        files['queries-invalid']!.map(() => [400, true, 404]),
      );
    });
  },
);
