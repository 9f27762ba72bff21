import fc from 'fast-check';
import { newId } from '../../../src/common';
import { type Permission, PERMISSIONS, type Role, STAFF_ROLES } from '../../../src/platform/access';
import type { Grant, TenantRef } from '../../../src/platform/context';
import { addFacility } from '../../harness/worlds/clinic';
import { base64, fridgeTag2L } from '../../harness/worlds/loggers';
import { atFacility, country, inArea, testService, type TestService } from '../../harness/service';

interface Home {
  facilityId: string;
  areaIds: string[];
  equipmentId: string;
  loggerId: string;
  serial: string;
}

const VERBS: Record<
  string,
  {
    permission: Permission;
    operation: string;
    of: (home: Home) => Record<string, unknown>;
    /** What whoever may is told, when it is no answer. */
    told?: string;
  }
> = {
  register: {
    permission: 'cold-equipment.register',
    operation: `mutation ($input: RegisterColdEquipmentInput!) { answer: registerColdEquipment(input: $input) { __typename } }`,
    of: ({ facilityId }) => ({ input: fridge(facilityId) }),
  },
  change: {
    permission: 'cold-equipment.register',
    operation: `mutation ($input: ChangeColdEquipmentInput!) { answer: changeColdEquipment(input: $input) { id } }`,
    of: ({ facilityId, equipmentId }) => ({
      input: { facilityId, equipmentId, state: 'FAILED', remark: 'seen' },
    }),
  },
  registerLogger: {
    permission: 'cold-equipment.register',
    operation: `mutation ($input: RegisterTemperatureLoggerInput!) { answer: registerTemperatureLogger(input: $input) { __typename } }`,
    of: ({ facilityId, equipmentId }) => ({ input: loggerIn(facilityId, equipmentId, newId()) }),
  },
  importFile: {
    permission: 'temperature.record',
    operation: `mutation ($input: ImportLoggerFileInput!) { answer: importLoggerFile(input: $input) { __typename } }`,
    of: ({ facilityId, serial }) => ({
      input: { facilityId, content: base64(fridgeTag2L({ serial, day: '2024-01-01', celsius: [4] })) },
    }),
  },
  record: {
    permission: 'temperature.record',
    operation: `mutation ($input: RecordTemperaturesInput!) { answer: recordTemperatures(input: $input) { receivedAt } }`,
    of: ({ facilityId, loggerId }) => ({
      input: { facilityId, readings: [{ loggerId, at: new Date().toISOString(), celsius: 4 }] },
    }),
  },
  decide: {
    permission: 'excursion.decide',
    operation: `mutation ($input: DecideExcursionInput!) { answer: decideExcursion(input: $input) { __typename } }`,
    of: ({ facilityId }) => ({
      input: { idempotencyKey: newId(), facilityId, excursionId: newId(), version: 1, lots: [] },
    }),
    told: 'NOT_FOUND',
  },
  equipment: {
    permission: 'cold-equipment.read',
    operation: `query ($facilityId: ID!) { answer: coldEquipment(facilityId: $facilityId) { endCursor } }`,
    of: ({ facilityId }) => ({ facilityId }),
  },
  loggers: {
    permission: 'temperature.read',
    operation: `query ($facilityId: ID!) { answer: temperatureLoggers(facilityId: $facilityId) { id } }`,
    of: ({ facilityId }) => ({ facilityId }),
  },
  history: {
    permission: 'temperature.read',
    operation: `query ($input: TemperatureHistoryInput!) { answer: temperatureHistory(input: $input) { asOf } }`,
    of: ({ facilityId, loggerId }) => ({
      input: { facilityId, loggerId, from: '2024-01-01', to: '2024-01-02' },
    }),
  },
  readings: {
    permission: 'temperature.read',
    operation: `query ($facilityId: ID!, $loggerId: ID!) { answer: temperatureReadings(facilityId: $facilityId, loggerId: $loggerId,
      from: "2024-01-01T00:00:00Z", to: "2024-01-02T00:00:00Z") { endCursor } }`,
    of: ({ facilityId, loggerId }) => ({ facilityId, loggerId }),
  },
  files: {
    permission: 'temperature.read',
    operation: `query ($facilityId: ID!, $loggerId: ID!) { answer: loggerFiles(facilityId: $facilityId, loggerId: $loggerId) { endCursor } }`,
    of: ({ facilityId, loggerId }) => ({ facilityId, loggerId }),
  },
  content: {
    permission: 'temperature.read',
    operation: `query ($facilityId: ID!, $fileId: ID!) { answer: loggerFileContent(facilityId: $facilityId, fileId: $fileId) }`,
    of: ({ facilityId }) => ({ facilityId, fileId: newId() }),
    told: 'NOT_FOUND',
  },
  excursions: {
    permission: 'excursion.read',
    operation: `query ($facilityId: ID!) { answer: excursions(facilityId: $facilityId) { endCursor } }`,
    of: ({ facilityId }) => ({ facilityId }),
  },
  excursion: {
    permission: 'excursion.read',
    operation: `query ($facilityId: ID!, $id: ID!) { answer: excursion(facilityId: $facilityId, id: $id) { id } }`,
    of: ({ facilityId }) => ({ facilityId, id: newId() }),
    told: 'NOT_FOUND',
  },
};

const fridge = (facilityId: string) => ({
  idempotencyKey: newId(),
  facilityId,
  kind: 'REFRIGERATOR',
  manufacturer: 'Maker',
  model: 'M-1',
  serial: newId(),
  capacities: [{ temperature: 'CHILLED', litres: 10 }],
});

const loggerIn = (facilityId: string, equipmentId: string, serial: string) => ({
  idempotencyKey: newId(),
  facilityId,
  equipmentId,
  temperature: 'CHILLED',
  model: 'Fridge-tag 2 L',
  serial,
  intervalMinutes: 30,
});

describe('who may work with a facility’s cold chain', () => {
  let service: TestService;
  const tenants: Record<string, TenantRef> = {};
  const homes: Record<string, Home[]> = {};

  beforeAll(async () => {
    service = await testService();
    for (const code of ['aa', 'bb']) {
      tenants[code] = await service.country(code);
      homes[code] = [await home(code, 0), await home(code, 1)];
    }
  }, 180_000);
  afterAll(() => service.stop());

  async function home(code: string, area: number): Promise<Home> {
    const { id: facilityId, areaIds } = await addFacility(service, tenants[code]!, area);
    const token = await service.tokenFor(tenants[code]!, [country('store-keeper')]);
    const make = async (operation: string, input: object): Promise<string> => {
      const { data } = await service.graphql(operation, { input }, { tenant: code, token });
      return data.made.id;
    };
    const equipmentId = await make(
      `mutation ($input: RegisterColdEquipmentInput!) { made: registerColdEquipment(input: $input) { ... on ColdEquipment { id } } }`,
      fridge(facilityId),
    );
    const serial = newId();
    const loggerId = await make(
      `mutation ($input: RegisterTemperatureLoggerInput!) { made: registerTemperatureLogger(input: $input) { ... on TemperatureLogger { id } } }`,
      loggerIn(facilityId, equipmentId, serial),
    );
    return { facilityId, areaIds, equipmentId, loggerId, serial };
  }

  const draws = fc.record({
    role: fc.constantFrom(...STAFF_ROLES),
    reach: fc.constantFrom('country', 'area', 'facility'),
    grantedAt: fc.constantFrom(0, 1),
    grantedIn: fc.constantFrom('aa', 'aa', 'aa', 'bb'),
    verb: fc.constantFrom(...Object.keys(VERBS)),
    usedAt: fc.constantFrom(0, 1),
  });
  const grantOf = (role: Role, reach: string, at: Home): Grant =>
    reach === 'country'
      ? country(role)
      : reach === 'area'
        ? inArea(role, at.areaIds[0]!)
        : atFacility(role, at.facilityId);

  /** The rule: the role holds the permission, was given in this country, and reaches the place it is used at. */
  it('is who holds the permission in this country and at this place, and nobody else', async () => {
    await fc.assert(
      fc.asyncProperty(draws, async ({ role, reach, grantedAt, grantedIn, verb, usedAt }) => {
        const { permission, operation, of, told } = VERBS[verb]!;
        const at = homes[grantedIn]![grantedAt]!;
        const token = await service.tokenFor(tenants[grantedIn]!, [grantOf(role, reach, at)]);
        const reaches = reach === 'country' || grantedAt === usedAt;
        const allowed = grantedIn === 'aa' && PERMISSIONS[permission].includes(role) && reaches;

        const answer = await service.graphql(operation, of(homes.aa![usedAt]!), { tenant: 'aa', token });

        const code = answer.errors?.[0]?.extensions.code;
        if (allowed && told) expect(code).toBe(told);
        else if (allowed) expect(answer).toMatchObject({ data: { answer: expect.anything() } });
        else expect(code).toBe(grantedIn === 'aa' ? 'FORBIDDEN' : 'UNAUTHENTICATED');
      }),
      { numRuns: 200, verbose: true }, // a failure prints the seed
    );
  }, 180_000);

  it('looks at an area’s undecided excursions only within her reach', async () => {
    const [here, there] = homes.aa! as [Home, Home];
    const token = await service.tokenFor(tenants.aa!, [inArea('cold-chain-officer', here.areaIds[0]!)]);
    const look = (areaId: string) =>
      service.graphql(
        `query ($areaId: ID!) { undecidedExcursions(areaId: $areaId) { endCursor } }`,
        { areaId },
        { tenant: 'aa', token },
      );

    const own = await look(here.areaIds[0]!);
    const foreign = await look(there.areaIds[0]!);

    expect(own.errors).toBeUndefined();
    expect(foreign.errors![0]!.extensions.code).toBe('FORBIDDEN');
  });

  it('is nobody who did not sign in', async () => {
    const { operation, of } = VERBS.record!;

    const answer = await service.graphql(operation, of(homes.aa![0]!), { tenant: 'aa' });

    expect(answer.errors![0]!.extensions.code).toBe('UNAUTHENTICATED');
  });
});
