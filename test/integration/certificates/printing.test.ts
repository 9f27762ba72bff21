import { join } from 'node:path';
import fc from 'fast-check';
import { newId } from '../../../src/common';
import { PERMISSIONS, type Role, STAFF_ROLES } from '../../../src/platform/access';
import type { Grant, TenantRef } from '../../../src/platform/context';
import { Database } from '../../../src/platform/database';
import { Jobs } from '../../../src/platform/jobs';
import { DraftPack } from '../../../src/programmes/drafts/draft-pack';
import { certificateOfADose, type CertificateInHand } from '../../harness/worlds/certificate-in-hand';
import { addFacility, addPerson, write } from '../../harness/worlds/clinic';
import { onServer } from '../../harness/run/database';
import { asAdministrator, packFiles } from '../../harness/worlds/packs';
import { atFacility, country, testService, type TestService } from '../../harness/service';

const AT_DESK = `mutation ($input: PrintCertificateInput!) { printCertificate(input: $input) {
  __typename ... on PrintedCertificate { certificateId number pdf } ... on NoCertificateToPrint { status message } } }`;
const MANY = `mutation ($input: PrintCertificatesInput!) { printCertificates(input: $input) { id persons done ended } }`;
const RUN = `query ($facilityId: ID!, $runId: ID!) { printRun(facilityId: $facilityId, runId: $runId) {
  persons done ended sheets { number printed without pdf } } }`;
const PREVIEW = `query ($packId: ID!, $template: String, $language: String) {
  previewCertificate(packId: $packId, template: $template, language: $language) { pdf walletImage } }`;

describe('certificates on paper', () => {
  let service: TestService;
  let tenant: TenantRef;
  let facilityId: string;
  let one: CertificateInHand;
  let another: CertificateInHand;
  let nobodys: string[];

  beforeAll(async () => {
    service = await testService();
    tenant = await service.country('aa', 'gh');
    facilityId = (await addFacility(service, tenant)).id;
    one = await certificateOfADose(service, tenant);
    another = await certificateOfADose(service, tenant);
    nobodys = await Promise.all(
      Array.from({ length: 8 }, () => addPerson(service, tenant, '2025-01-01', {})),
    );
  }, 180_000);
  afterAll(() => service.stop());

  const as = async (query: string, variables: object, grant: Grant = atFacility('registrar', facilityId)) => {
    const token = await service.tokenFor(tenant, [grant]);
    return service.graphql(query, { ...variables }, { tenant: 'aa', token, purpose: 'print desk' });
  };
  const atDesk = (personId: string, more: object = {}) =>
    as(AT_DESK, {
      input: { idempotencyKey: newId(), facilityId, personId, proof: 'PERSON_CARD', ...more },
    });
  const entries = (action: string) =>
    write<{ personId: string; detail: Record<string, unknown>; purpose: string }>(
      service,
      tenant,
      `SELECT person_id AS "personId", detail, purpose FROM audit_entry WHERE action = $1 ORDER BY id`,
      [action],
    );
  const pdfIn = (base64: string): string => Buffer.from(base64, 'base64').toString('latin1', 0, 5);

  describe('at a desk', () => {
    it('are handed to the person who is there, and that is in the audit with proof and purpose', async () => {
      const { data } = await atDesk(one.personId);

      expect(data.printCertificate).toMatchObject({
        __typename: 'PrintedCertificate',
        number: expect.stringMatching(/^[A-Z]{2}-/),
      });
      expect(pdfIn(data.printCertificate.pdf)).toBe('%PDF-');
      expect((await entries('certificate.print-desk')).at(-1)).toMatchObject({
        personId: one.personId,
        detail: { proof: 'PERSON_CARD' },
        purpose: 'print desk',
      });
    });

    it('are the same paper, counted once, when a bad line asks again', async () => {
      const token = await service.tokenFor(tenant, [atFacility('registrar', facilityId)]);
      const input = { idempotencyKey: newId(), facilityId, personId: one.personId, proof: 'PERSON_CARD' };
      const before = (await entries('certificate.print-desk')).length;

      const [first, second] = [
        await service.graphql(AT_DESK, { input }, { tenant: 'aa', token }),
        await service.graphql(AT_DESK, { input }, { tenant: 'aa', token }),
      ];

      expect(second.data).toEqual(first.data);
      expect((await entries('certificate.print-desk')).length).toBe(before + 1);
    });

    it('are refused in words to somebody without a dose, and nobody of another country is known', async () => {
      const { data } = await atDesk(nobodys[0]!);
      const missing = await atDesk(newId());

      expect(data.printCertificate).toMatchObject({ __typename: 'NoCertificateToPrint', status: 'NONE' });
      expect(data.printCertificate.message).not.toBe('');
      expect(missing.errors![0]!.extensions.code).toBe('NOT_FOUND');
    });
  });

  describe('many together', () => {
    const ask = async (personIds: string[]) => {
      const { data } = await as(MANY, { input: { idempotencyKey: newId(), facilityId, personIds } });
      return data.printCertificates;
    };
    const read = async (runId: string) => (await as(RUN, { facilityId, runId })).data.printRun;

    it('are set by a job, sheet by sheet, which says whose there were none', async () => {
      const asked = await ask([one.personId, ...nobodys, another.personId]);
      await service.runJobs();
      const run = await read(asked.id);

      expect(asked).toMatchObject({ persons: 10, done: 0, ended: false });
      expect(run).toMatchObject({ persons: 10, done: 10, ended: true });
      expect(run.sheets.map(({ number, printed }: never) => [number, printed])).toEqual([
        [1, 1],
        [2, 1],
      ]);
      expect(run.sheets.flatMap(({ without }: { without: string[] }) => without)).toEqual(nobodys);
      expect(run.sheets.map(({ pdf }: { pdf: string }) => pdfIn(pdf))).toEqual(['%PDF-', '%PDF-']);
      expect((await entries('certificate.print')).map(({ personId }) => personId)).toEqual([
        one.personId,
        another.personId,
      ]);
    });

    it('are kept sealed, and for a day', async () => {
      const { id } = await ask([one.personId]);
      await service.runJobs();
      const [sheet] = await write<{ sealed: Buffer }>(
        service,
        tenant,
        `SELECT sealed_pdf AS sealed FROM print_sheet WHERE run_id = $1`,
        [id],
      );
      await onServer(service.database.url, owner =>
        owner.query(
          `UPDATE tenant_aa.print_run SET requested_at = requested_at - interval '2 days' WHERE id = $1`,
          [id],
        ),
      );
      await service.app
        .get(Database)
        .write(service.contextOf(tenant), work =>
          service.app
            .get(Jobs)
            .request(service.contextOf(tenant), work, 'certificates.forget-print-sheets', {}),
        );
      await service.runJobs();

      expect(sheet!.sealed.toString('latin1')).not.toContain('JVBERi'); // how a PDF begins in base64
      expect((await read(id)).sheets).toEqual([]);
    });
  });

  it('are printed by whoever prints at that place, and nobody else: by one rule, at random', async () => {
    const elsewhere = (await addFacility(service, tenant)).id;
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom<string>(...STAFF_ROLES),
        fc.constantFrom('country', 'here', 'elsewhere'),
        fc.constantFrom('desk', 'many', 'read'),
        async (role, reach, what) => {
          const grant =
            reach === 'country' ? country(role) : atFacility(role, reach === 'here' ? facilityId : elsewhere);
          const input = { idempotencyKey: newId(), facilityId };
          const { errors } = await {
            desk: () =>
              as(AT_DESK, { input: { ...input, personId: nobodys[1], proof: 'PERSON_CARD' } }, grant),
            many: () => as(MANY, { input: { ...input, personIds: [nobodys[1]] } }, grant),
            read: () => as(RUN, { facilityId, runId: newId() }, grant),
          }[what as 'desk']();
          const holds = PERMISSIONS['certificate.print'].includes(role as Role) && reach !== 'elsewhere';
          const allowed = what === 'read' ? 'NOT_FOUND' : 'OK';
          expect(errors?.[0]?.extensions.code ?? 'OK').toBe(holds ? allowed : 'FORBIDDEN');
        },
      ),
      { numRuns: 60 },
    );
  });

  it('are shown before anybody has one, by the template of a draft', async () => {
    const files = packFiles(join(__dirname, '../../../countries/gh')).map(file =>
      file.name === 'pack.json' ? { ...file, content: withTemplate(file.content) } : file,
    );
    const ctx = asAdministrator(service.contextOf(tenant));
    const draft = await service.app.get(DraftPack).run(ctx, { files });
    const packId = 'pack' in draft ? draft.pack.id : '';
    expect('faults' in draft ? draft.faults : []).toEqual([]);
    const admin = country('programme-admin');

    const [plain, named, missing] = [
      await as(PREVIEW, { packId }, admin),
      await as(PREVIEW, { packId, template: 'travel', language: 'en' }, admin),
      await as(PREVIEW, { packId, template: 'none-such' }, admin),
    ];

    expect([plain.errors, named.errors]).toEqual([undefined, undefined]);
    expect(named.data.previewCertificate.walletImage).toContain('#7a1f3d');
    expect(plain.data.previewCertificate.walletImage).not.toContain('#7a1f3d');
    expect(missing.errors![0]!.extensions.code).toBe('NOT_FOUND');
  });
});

function withTemplate(manifest: string): string {
  const pack = JSON.parse(manifest) as object;
  const template = {
    code: 'travel',
    accent: '#7a1f3d',
    vaccines: ['YF'],
    emblem:
      '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 2 2"><circle cx="1" cy="1" r="1" fill="#7a1f3d"/></svg>',
    notices: [{ text: { en: 'Keep this with your passport.' } }],
  };
  return JSON.stringify({ ...pack, version: 'templates.1', certificateTemplates: [template] });
}
