import { addTo, civilDayOf, newId } from '../../../src/common';
import type { TenantRef } from '../../../src/platform/context';
import { addFacility, addStaffWith, addStock, messagesTo, write } from '../../harness/worlds/clinic';
import { base64, fridgeTag2L } from '../../harness/worlds/loggers';
import { type Caller, country, testService, type TestService } from '../../harness/service';

const EXCURSION = `id facilityId originFacilityId originId side byDevice fromAt toAt minutes furthest limitCelsius storageClass
  version decidedAt partOf lots { lotId doses holdId outcome reason vvmStage discarded }`;
export const IMPORT = `mutation ($input: ImportLoggerFileInput!) { importLoggerFile(input: $input) { __typename
  ... on LoggerFileImport { repeated newReadings openedExcursionIds file { id sha256 bytes readings days } }
  ... on LoggerFileBroken { line fault message } ... on LoggerUnknown { model serial }
  ... on LoggerDiffers { registeredModel statedModel } } }`;
export const RECORD = `mutation ($input: RecordTemperaturesInput!) { recordTemperatures(input: $input) {
  openedExcursionIds readings { outcome fault message } } }`;
export const DECIDE = `mutation ($input: DecideExcursionInput!) { decideExcursion(input: $input) { __typename
  ... on Excursion { ${EXCURSION} } ... on ExcursionChanged { version } ... on ExcursionStockSetAside { shipmentIds }
  ... on ExcursionStockOnTheWay { shipmentIds }
  ... on ExcursionDecisionUnfit { lots { lotId fault } } ... on Refusal { message } } }`;

/** A place that keeps vaccines in a refrigerator with a logger in it. */
export interface Store {
  facilityId: string;
  loggerId: string;
  serial: string;
}

/** A country with cold rooms: who keeps them, who decides on excursions, and what a logger in them would say. */
export class ColdCountry {
  service!: TestService;
  tenant!: TenantRef;
  keeper!: Caller;
  officer!: Caller;

  /** One for all tests of a file. */
  constructor() {
    beforeAll(() => this.start(), 120_000);
    afterAll(() => this.service.stop());
  }

  private async start(): Promise<void> {
    this.service = await testService();
    this.tenant = await this.service.country('aa');
    const as = async (role: string) => ({
      tenant: 'aa',
      token: await this.service.tokenFor(this.tenant, [country(role)]),
    });
    [this.keeper, this.officer] = [await as('store-keeper'), await as('cold-chain-officer')];
  }

  readonly today = () => civilDayOf(new Date(), this.tenant.timeZone);
  readonly ago = (days: number) => addTo(this.today(), { months: 0, days: -days });

  readonly ask = (query: string, variables: object, as = this.keeper) =>
    this.service.answer(query, variables, as);

  /** A member of staff with one role, at a facility or in the whole country; her address. */
  readonly staffAt = (role: string, facilityId?: string) =>
    addStaffWith(role, { service: this.service, tenant: this.tenant, facilityId });

  readonly messagesTo = (address: string) => messagesTo(this.service, this.tenant, address);

  readonly register = (input: object) =>
    this.ask(
      `mutation ($input: RegisterColdEquipmentInput!) { registerColdEquipment(input: $input) { __typename
        ... on ColdEquipment { id state capacities { temperature litres } } ... on ColdEquipmentKnown { equipmentId } } }`,
      { input },
    );

  readonly fridge = (facilityId: string, more: object = {}) => ({
    idempotencyKey: newId(),
    facilityId,
    kind: 'REFRIGERATOR',
    pqsCode: 'E003/030',
    manufacturer: 'Maker',
    model: 'M-1',
    serial: newId(),
    capacities: [{ temperature: 'CHILLED', litres: 99.5 }],
    ...more,
  });

  readonly store = async ({ model = 'Fridge-tag 2 L', intervalMinutes = 10 } = {}): Promise<Store> => {
    const { id: facilityId } = await addFacility(this.service, this.tenant);
    const { id: equipmentId } = await this.register(this.fridge(facilityId));
    const serial = newId();
    const { id: loggerId } = await this.ask(
      `mutation ($input: RegisterTemperatureLoggerInput!) { registerTemperatureLogger(input: $input) {
        ... on TemperatureLogger { id } } }`,
      {
        input: {
          idempotencyKey: newId(),
          facilityId,
          equipmentId,
          temperature: 'CHILLED',
          model,
          serial,
          intervalMinutes,
        },
      },
    );
    return { facilityId, loggerId, serial };
  };

  readonly stockAt = (facilityId: string, doses = 50, product = 'penta-10') =>
    addStock(this.service, this.tenant, {
      facilityId,
      product,
      doses,
      expiresOn: addTo(this.today(), '1 year'),
    });

  readonly bring = ({ facilityId }: Store, text: string, as = this.keeper) =>
    this.ask(IMPORT, { input: { facilityId, content: base64(text) } }, as);

  readonly excursionsAt = async (facilityId: string) =>
    (
      await this.ask(
        `query ($facilityId: ID!) { excursions(facilityId: $facilityId, first: 50) { items { ${EXCURSION} } } }`,
        { facilityId },
      )
    ).items;

  readonly decide = (
    excursion: { id: string; facilityId: string; version: number },
    lots: object[],
    as = this.officer,
  ) =>
    this.ask(
      DECIDE,
      {
        input: {
          idempotencyKey: newId(),
          facilityId: excursion.facilityId,
          excursionId: excursion.id,
          version: excursion.version,
          lots,
        },
      },
      as,
    );

  readonly onHand = async (facilityId: string, lotId: string) =>
    (
      await write<{ doses: number }>(
        this.service,
        this.tenant,
        `SELECT doses FROM stock_on_hand WHERE facility_id = $1 AND lot_id = $2`,
        [facilityId, lotId],
      )
    )[0]!.doses;

  readonly stateOf = async (facilityId: string, lotId: string) =>
    (
      await this.ask(
        `query ($facilityId: ID!) { stock(facilityId: $facilityId) { items { lotId state } } }`,
        {
          facilityId,
        },
      )
    ).items.find((one: { lotId: string }) => one.lotId === lotId)?.state;

  /** Twelve hours at so many °C on a day, with good hours around them. */
  readonly dayAt = (celsius: number, { serial }: Store, daysAgo: number) =>
    fridgeTag2L({
      serial,
      day: this.ago(daysAgo),
      celsius: [...Array(4).fill(5), ...Array(24).fill(celsius), ...Array(4).fill(5)],
    });

  readonly warmDay = (here: Store, daysAgo: number) => this.dayAt(10, here, daysAgo);

  readonly coldDay = (here: Store, daysAgo: number) => this.dayAt(-3, here, daysAgo);
}
