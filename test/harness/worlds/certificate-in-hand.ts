import { qrMatrix } from '../../../src/codecs';
import { civilDayOf, newId } from '../../../src/common';
import type { TenantRef } from '../../../src/platform/context';
import { type CertificateDetails, Programmes } from '../../../src/programmes';
import { onServer } from '../run/database';
import { addFacility, addPerson, addStaff, addStock } from './clinic';
import { atFacility, type TestService } from '../service';

const RECORD = `mutation ($input: RecordVaccinationInput!) { recordVaccination(input: $input) { __typename } }`;
const QR_TEXT = `query ($personId: ID!) { certificate(personId: $personId) { certificate { qrText } } }`;

/** A certificate as its holder has it. */
export interface CertificateInHand {
  personId: string;
  /** The text of its QR code. */
  code: string;
  /** Reads the newest one as the holder does. */
  read: () => Promise<string>;
}

/**
 * A dose is recorded through the API, the certificate follows, and the citizen reads its code: of BCG for a newborn if
 * nothing else is said.
 */
export async function certificateOfADose(
  service: TestService,
  tenant: TenantRef,
  { product = 'bcg-20', born = civilDayOf(new Date(), tenant.timeZone) } = {},
): Promise<CertificateInHand> {
  const facilityId = (await addFacility(service, tenant)).id;
  const vaccinatorId = await addStaff(service, tenant);
  const accountId = newId();
  const personId = await addPerson(service, tenant, born, { accountId });
  const lotId = await addStock(service, tenant, {
    facilityId,
    product,
    doses: 20,
    expiresOn: '2099-12-31',
  });
  const staff = await service.tokenFor(tenant, [atFacility('vaccinator', facilityId)], 'staff', vaccinatorId);
  const input = { idempotencyKey: newId(), personId, facilityId, lotId, presence: 'WALK_IN' };
  const answer = await service.graphql(RECORD, { input }, { tenant: tenant.code, token: staff });
  expect(answer.data?.recordVaccination).toEqual({ __typename: 'Vaccination' });
  await service.carryFacts();
  const grants = [{ role: 'citizen', reach: { kind: 'self' as const, id: accountId } }];
  const token = await service.tokenFor(tenant, grants, 'citizen', accountId);
  const read = async (): Promise<string> => {
    const { data } = await service.graphql(QR_TEXT, { personId }, { tenant: tenant.code, token });
    return data.certificate.certificate.qrText as string;
  };
  return { personId, code: await read(), read };
}

/** A film of one still picture (YUV4MPEG2), as a camera would see the code: Chromium plays it over and over. */
export function filmOf(text: string): Buffer {
  const matrix = qrMatrix(text);
  const { size } = matrix;
  const [side, scale] = [720, Math.floor(600 / size)];
  const margin = Math.floor((side - size * scale) / 2);
  const luma = Buffer.alloc(side * side, 235);
  for (let y = 0; y < size * scale; y++)
    for (let x = 0; x < size * scale; x++)
      if (matrix.isDark(Math.floor(y / scale), Math.floor(x / scale)))
        luma[(margin + y) * side + margin + x] = 16;
  const frame = Buffer.concat([Buffer.from('FRAME\n'), luma, Buffer.alloc((side * side) / 2, 128)]);
  return Buffer.concat([Buffer.from(`YUV4MPEG2 W${side} H${side} F10:1 Ip A1:1 C420jpeg\n`), frame, frame]);
}

/** Acts as if the pack in force said this of what certificates state. */
export async function whereCountrySays(
  service: TestService,
  tenant: TenantRef,
  certificateDetails: CertificateDetails,
  act: () => Promise<void>,
): Promise<void> {
  const programmes = service.app.get(Programmes);
  const programme = await programmes.current(service.contextOf(tenant));
  const pack = { ...programme.pack, certificateDetails };
  const current = jest.spyOn(programmes, 'current').mockResolvedValue({ ...programme, pack });
  await act().finally(() => current.mockRestore());
}

/** Has all that a person of the country aa holds been issued a minute ago: what is told apart by whole seconds is then. */
export async function issuedEarlier(
  { database }: TestService,
  table: 'certificate' | 'result_proof',
  personId: string,
): Promise<void> {
  const earlier = `UPDATE tenant_aa.${table} SET issued_at = issued_at - interval '1 minute' WHERE person_id = $1`;
  await onServer(database.url, client => client.query(earlier, [personId]));
}
