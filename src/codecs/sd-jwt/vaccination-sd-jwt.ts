import type { KeyObject } from 'node:crypto';
import type { CertificateFacts } from '../facts';
import { toStatusListJson, type StatusList } from '../status-lists';
import { signJwt, signSdJwt } from './sign-sd-jwt';

/** What a vaccination credential is made of. */
export interface VaccinationSdJwt {
  /** An https address; its keys are found by it. */
  issuer: string;
  /** The address of the type; see `vaccinationTypePath`. */
  type: string;
  facts: Pick<CertificateFacts, 'holderName' | 'birthDate' | 'doses'>;
  issuedAt: Date;
  expiresAt: Date;
  /** Where on a token status list it stands. */
  status: { list: string; index: number };
  signer: { kid: string; privateKey: KeyObject };
}

/**
 * A vaccination credential as SD-JWT VC. The name is always shown: there is no key of the holder in it, so she shows her
 * passport beside it. Birth date and each dose are shown at will; of a whole birth date she can show the year alone.
 */
export function signVaccinationSdJwt(input: VaccinationSdJwt): string {
  const { issuer, type, facts, issuedAt, expiresAt, status, signer } = input;
  const { birthDate, holderName, doses } = facts;
  const isWhole = birthDate !== undefined && birthDate.length > 'YYYY'.length;
  return signSdJwt({
    claims: {
      iss: issuer,
      iat: secondsOf(issuedAt),
      exp: secondsOf(expiresAt),
      vct: type,
      status: { status_list: { idx: status.index, uri: status.list } },
      name: holderName,
    },
    hidden: {
      ...(birthDate && { birthdate: birthDate }),
      ...(isWhole && { age_birth_year: Number(birthDate.slice(0, 'YYYY'.length)) }),
    },
    lists: {
      vaccination: doses.map(({ vaccine, words, date, lot, doseNumber }) => ({
        vaccine,
        ...(words && { vaccine_name: words }),
        occurrence: date,
        ...(lot && { lot_number: lot }),
        ...(doseNumber !== undefined && { dose_number: doseNumber }),
      })),
    },
    typ: 'dc+sd-jwt',
    signer,
  });
}

/** What the type's address answers with (draft-ietf-oauth-sd-jwt-vc, section 6). */
export const vaccinationTypeAt = (address: string): object => ({
  vct: address,
  name: 'Vaccination certificate',
  description: 'Doses that a person was given, as the health authority of a country recorded them.',
  claims: [
    { path: ['name'], sd: 'never' },
    { path: ['birthdate'], sd: 'always' },
    { path: ['age_birth_year'], sd: 'always' },
    { path: ['vaccination', null], sd: 'always' },
  ],
});

/** A status list as a signed token (IETF Token Status List, section 5.1): `typ` statuslist+jwt. `ttl`: seconds. */
export function signTokenStatusList(
  list: StatusList,
  {
    address,
    issuer,
    issuedAt,
    expiresAt,
    ttl,
  }: { address: string; issuer: string; issuedAt: Date; expiresAt: Date; ttl: number },
  { kid, privateKey }: { kid: string; privateKey: KeyObject },
): string {
  const dates = { iat: secondsOf(issuedAt), exp: secondsOf(expiresAt), ttl };
  const payload = { iss: issuer, sub: address, ...dates, status_list: toStatusListJson(list) };
  return signJwt({ typ: 'statuslist+jwt', kid }, payload, privateKey);
}

const secondsOf = (instant: Date): number => Math.floor(instant.getTime() / 1000);
