import { addTo, civilDayOf, newId } from '../../../src/common';
import type { Context, Grant, TenantRef } from '../../../src/platform/context';
import {
  addFacility,
  addStaff,
  addStaffWith,
  addStock,
  messagesTo,
  write,
} from '../../harness/worlds/clinic';
import { atFacility, type Caller, country, testService, type TestService } from '../../harness/service';
import { ALLOCATE, DESPATCH, PRODUCT, RECEIVE, SET_LEVEL } from './operations';

/** A store that supplies a clinic, with a keeper at each and one in charge of the whole country. */
export class SupplyChain {
  service!: TestService;
  tenant!: TenantRef;
  ctx!: Context;
  today!: string;
  store!: string;
  clinic!: string;
  sender!: Caller;
  receiver!: Caller;
  national!: Caller;

  /** For the tests of one file: a country for all of them, a store and a clinic for each. */
  constructor() {
    beforeAll(() => this.start(), 120_000);
    beforeEach(() => this.open());
    afterAll(() => this.service.stop());
  }

  private async start(): Promise<void> {
    this.service = await testService();
    this.tenant = await this.service.country('aa');
    this.ctx = this.service.contextOf(this.tenant);
    this.today = civilDayOf(new Date(), this.tenant.timeZone);
    this.national = await this.as([country('store-keeper')]);
  }

  private async open(): Promise<void> {
    this.store = (await addFacility(this.service, this.tenant)).id;
    this.clinic = (await addFacility(this.service, this.tenant)).id;
    this.sender = await this.as([atFacility('store-keeper', this.store)]);
    this.receiver = await this.as([atFacility('store-keeper', this.clinic)]);
  }

  readonly as = async (grants: Grant[]) => ({
    tenant: 'aa',
    purpose: 'test',
    token: await this.service.tokenFor(
      this.tenant,
      grants,
      'staff',
      await addStaff(this.service, this.tenant),
    ),
  });

  readonly ask = (query: string, variables: object, who: Caller) =>
    this.service.answer(query, variables, who);

  readonly code = (query: string, variables: object, who: Caller) =>
    this.service.errorCode(query, variables, who);

  readonly addLot = (doses: number, days = 300, facilityId = this.store) =>
    addStock(this.service, this.tenant, {
      facilityId,
      product: PRODUCT,
      doses,
      expiresOn: addTo(this.today, { months: 0, days }),
    });

  readonly request = (doses: number) => ({
    idempotencyKey: newId(),
    facilityId: this.store,
    toFacilityId: this.clinic,
    products: [{ productCode: PRODUCT, doses }],
  });

  readonly allocate = (doses: number) => this.ask(ALLOCATE, { input: this.request(doses) }, this.sender);

  readonly named = ({ id }: { id: string }) => ({ input: { facilityId: this.store, shipmentId: id } });

  readonly despatch = (shipment: { id: string }) => this.ask(DESPATCH, this.named(shipment), this.sender);

  readonly receive = (shipment: { id: string }, lines: object[], who = this.receiver) =>
    this.ask(RECEIVE, { input: { ...this.named(shipment).input, lines } }, who);

  readonly factsOf = async (facilityId: string) =>
    (
      await write<{ type: string }>(
        this.service,
        this.tenant,
        `SELECT type FROM outbox_event WHERE aggregate_id = $1 ORDER BY id`,
        [facilityId],
      )
    ).map(({ type }) => type);

  readonly setLevel = (more: object = {}, facilityId = this.clinic) =>
    this.ask(
      SET_LEVEL,
      {
        input: {
          idempotencyKey: newId(),
          facilityId,
          productCode: PRODUCT,
          expiryDays: 30,
          minDoses: 20,
          reorderDoses: 40,
          maxDoses: 100,
          ...more,
        },
      },
      facilityId === this.clinic ? this.receiver : this.sender,
    );

  readonly onHand = async (facilityId: string, lotId: string) => {
    const [row] = await write<{ doses: number }>(
      this.service,
      this.tenant,
      `SELECT doses FROM stock_on_hand WHERE facility_id = $1 AND lot_id = $2`,
      [facilityId, lotId],
    );
    return row?.doses ?? null;
  };

  /** A member of staff with a role at a facility; what she was written, in order. */
  readonly mail = async (role: string, facilityId: string) => {
    const { service, tenant } = this;
    const address = await addStaffWith(role, { service, tenant, facilityId });
    return () => messagesTo(service, tenant, address);
  };
}
