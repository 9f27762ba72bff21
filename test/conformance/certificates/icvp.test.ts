import { generateKeyPairSync } from 'node:crypto';
import { existsSync, globSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parse } from 'csv-parse/sync';
import Ajv2020 from 'ajv/dist/2020';
import addFormats from 'ajv-formats';
import { signHcert, verifyHcert, whoIcvp, type InternationalCertificate } from '../../../src/codecs';
import { skipUnless } from '../../harness/run/skip';

/** WHO's schemas and product catalogue of the International Certificate of Vaccination or Prophylaxis. */
const folder = resolve(process.env.CONFORMANCE_DATA ?? '../shared/data', 'certificates/who/icvp/schemas');
const PACKS = globSync(join(__dirname, '../../../countries/*/products.csv'));
const readJson = (file: string) => JSON.parse(readFileSync(join(folder, file), 'utf8'));

const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const kid = 'AAAAAAAAAAA=';
const keys = () => [{ publicKey, usages: ['vaccination' as const] }];
const at = new Date('2026-03-01T12:00:00Z');
const certificateOf = (vp: string): InternationalCertificate => ({
  resourceType: 'ICVPMin',
  n: 'Ama Mensah',
  dob: '1990-05-17',
  s: 'F',
  nid: 'G1234567',
  ndt: 'PPN',
  v: [{ resourceType: 'ICVPMinVaccineDetails', vp, dt: '2026-02-01', bo: 'YF-1', vls: '2026-02-11' }],
});
const sign = (payload: object) =>
  signHcert({
    payload,
    claimKey: whoIcvp.claimKey,
    issuer: 'XX',
    issuedAt: at,
    expiresAt: new Date(at.getTime() + 86_400_000),
    signer: { kid, alg: 'ES256', privateKey },
  });

skipUnless(existsSync(folder), `${folder} is absent (set CONFORMANCE_DATA)`)('WHO ICVP', () => {
  const schema = readJson('StructureDefinition-ICVPMin.schema.json');
  const isOfWho = addFormats(new Ajv2020({ strict: false }))
    .addSchema(
      readdirSync(folder)
        .filter(file => file === 'StructureDefinition-ICVPMinVaccineDetails.schema.json')
        .map(readJson),
    )
    .compile(schema);
  const { group } = readJson('ConceptMap-ICVPProductIdToVaccineType.json') as {
    group: { element: { code: string; display: string; target: { code: string }[] }[] }[];
  };
  const products = group.flatMap(({ element }) => element);
  const { compose } = readJson('ValueSet-ICVPProductIds.json') as {
    compose: { include: { concept: { code: string; display: string }[] }[] };
  };
  /** All that WHO names; what it has mapped to a type of vaccine are some of them. */
  const catalogue = compose.include.flatMap(({ concept }) => concept);
  const valueSets = { ICVPProductIds: new Set(catalogue.map(({ code }) => code)) };

  test.each(products.map(({ code, target }) => [target[0]?.code, code] as const))(
    "%s %s: what is issued is of WHO's schema, and is believed",
    (_, code) => {
      const certificate = certificateOf(code);

      const verdict = verifyHcert(sign(certificate), { keys, valueSets }, at);

      expect(isOfWho(certificate)).toBe(true);
      expect(verdict).toMatchObject({ outcome: 'valid', claimKey: -6, content: certificate });
    },
  );

  test('yellow fever and polio are among the products', () => {
    const types = products.map(({ target }) => target[0]?.code).join(' ');

    expect(types).toMatch(/YellowFever/);
    expect(types).toMatch(/Polio/);
  });

  test("a product that is not in WHO's catalogue is refused", () => {
    const verdict = verifyHcert(sign(certificateOf('SnakeOil')), { keys, valueSets }, at);

    expect(verdict).toMatchObject({ outcome: 'invalid', reason: 'value-set' });
  });

  test('is offered for products of packs by ids that WHO has, of the disease that they are against', () => {
    const kindOf = new Map(
      catalogue.map(({ code, display }) => [
        code,
        /Yellow Fever|Polio Vaccine - (?:Inactivated \(IPV\)|Oral \(OPV\) Bivalent)/.exec(display)?.[0],
      ]),
    );
    const ids = PACKS.flatMap(pack => {
      const rows: Record<string, string>[] = parse(readFileSync(pack), { columns: true });
      return rows.flatMap(({ vaccine, 'code:who-pq': id }) =>
        id ? [{ vaccine, type: kindOf.get(id) }] : [],
      );
    });

    const kinds = [...new Set(ids.map(({ vaccine, type }) => `${vaccine} ${type}`))];

    expect(ids.length).toBeGreaterThan(100);
    expect(kinds.sort()).toEqual([
      'IPV Polio Vaccine - Inactivated (IPV)',
      'OPV Polio Vaccine - Oral (OPV) Bivalent',
      'YF Yellow Fever',
    ]);
  });

  test.each(['n', 'dob', 'v'] as const)("is refused without its %s, as by WHO's schema", field => {
    const { [field]: _, ...rest } = certificateOf('any');

    expect(isOfWho(rest)).toBe(false);
    expect(() => sign(rest)).toThrow('required');
  });
  test.each(['vp', 'dt', 'bo'] as const)(
    "is refused without the %s of a vaccination, as by WHO's schema",
    field => {
      const { v, ...rest } = certificateOf('any');
      const { [field]: _, ...vaccination } = v[0]!;

      expect(isOfWho({ ...rest, v: [vaccination] })).toBe(false);
      expect(() => sign({ ...rest, v: [vaccination] })).toThrow();
    },
  );
});
