import { SealTrail } from '../../../src/audit';
import type { TenantRef } from '../../../src/platform/context';
import type { Caller, TestService } from '../../harness/service';
import { inhabitAppointments } from './chapters/appointments';
import { inhabitCertificates } from './chapters/certificates';
import { inhabitColdChain } from './chapters/cold-chain';
import { inhabitDelivery, inhabitDoors } from './chapters/delivery';
import { inhabitFacilities } from './chapters/facilities';
import { beginLife, type Home, type Life, type Made } from './chapters/life';
import { inhabitOrders, inhabitPartners } from './chapters/partners';
import { inhabitPrivacy } from './chapters/privacy';
import { inhabitProgrammes, inhabitWords } from './chapters/programmes';
import { inhabitRegistry } from './chapters/registry';
import { inhabitSessions } from './chapters/sessions';
import { inhabitShipments } from './chapters/shipments';
import { inhabitStaff } from './chapters/staff';
import { inhabitStock } from './chapters/stock';
import { inhabitCloseOut, inhabitVaccinations } from './chapters/vaccinations';
import type { Operation } from './operations';

/** A country that has been lived in: what was asked of it, and its people as callers. */
export interface Inhabited {
  tenant: TenantRef;
  staff: Caller;
  citizen: Caller;
  anonymous: Caller;
  partner: Caller;
  made: Made[];
  /** Codes and tokens that were sent to people of the country. */
  secrets: string[];
  /** The newest genuine certificate of a person there, as its QR code has it; and who that is. */
  certificate: string;
  personId: string;
}

/**
 * Lives in a country through its published operations until nearly every table has rows. `word` marks every text of
 * its own: prose is full of it, and nothing else in the service has it. With `capitals` every id is sent in them.
 */
export async function inhabit(
  service: TestService,
  tenant: TenantRef,
  operations: readonly Operation[],
  word: string,
  { capitals = false } = {},
): Promise<Inhabited> {
  const life = await beginLife(service, tenant, operations, word, capitals);
  const places = await inhabitFacilities(life);
  const staff = await inhabitStaff(life, places);
  const partner = await inhabitPartners(life);
  const stock = await inhabitStock(life, places);
  const network = await inhabitDelivery(life, places);
  await inhabitOrders(life, partner);
  await inhabitDoors(life, network);
  const sessions = await inhabitSessions(life, { ...places, ...stock });
  const people = await inhabitRegistry(life, places);
  const home = { ...places, ...staff, ...stock, ...sessions, ...people };
  await inhabitAppointments(life, home);
  const given = await inhabitVaccinations(life, home);
  const outpost = await inhabitShipments(life, home);
  await inhabitColdChain(life, { ...home, ...outpost });
  await inhabitCloseOut(life, { ...home, ...given });
  const { certificate } = await inhabitCertificates(life, { ...home, ...given });
  await inhabitWords(life, home);
  await inhabitProgrammes(life, home);
  await lookBack(life, home);
  await inhabitPrivacy(life, home);
  await service.carryFacts();
  await service.app.get(SealTrail).run(service.contextOf(tenant));
  const { callers, made, secrets } = life;
  return { tenant, ...callers, made, secrets, certificate, personId: home.personId };
}

async function lookBack(
  { today, ask }: Life,
  { areaId, facilityId, sessionId, personId }: Pick<Home, 'areaId' | 'facilityId' | 'sessionId' | 'personId'>,
): Promise<void> {
  const first = 3;
  await ask('citizen', 'person', { id: personId });
  await ask('citizen', 'forecast', { personId });
  for (const name of ['vaccinations', 'accessLog', 'certificates'])
    await ask('citizen', name, { personId, first });
  await ask('staff', 'person', { id: personId, facilityId });
  await ask('staff', 'stock', { facilityId, first });
  await ask('staff', 'sessions', { facilityId, from: today });
  await ask('staff', 'staff', { facilityId, first });
  await ask('staff', 'sessionAppointments', { facilityId, sessionId, first });
  await ask('staff', 'auditTrail', { filter: { facilityId }, first });
  await ask('anonymous', 'facility', { id: facilityId });
  await ask('anonymous', 'facilities', { filter: { areaId }, first });
  await ask('anonymous', 'availability', { input: { facilityId, from: today } });
}
