import type { CertificateFacts } from '../facts';
import { credentialContexts, type Contexts } from '../json-ld';
import type { Credential } from './data-model';

/** The day alone: no civil date has a zone. */
const day = 'http://www.w3.org/2001/XMLSchema#date';

/**
 * What the terms of a vaccination credential mean: elements of FHIR R4 by their own names, and the certificate as the
 * vocabulary of the W3C's community group calls it. Served by us and never fetched. Not to be edited: every signature is
 * over what it says; another meaning is another version at another address.
 */
export const vaccinationContext = {
  '@context': {
    '@protected': true,
    VaccinationCertificate: 'https://w3id.org/vaccination#VaccinationCertificate',
    Immunization: 'http://hl7.org/fhir/Immunization',
    recipient: 'http://hl7.org/fhir/Immunization.patient',
    birthDate: 'http://hl7.org/fhir/Patient.birthDate',
    vaccination: 'http://hl7.org/fhir/Bundle.entry',
    vaccine: 'http://hl7.org/fhir/Immunization.vaccineCode',
    vaccineName: 'http://hl7.org/fhir/CodeableConcept.text',
    occurrence: { '@id': 'http://hl7.org/fhir/Immunization.occurrence', '@type': day },
    lotNumber: 'http://hl7.org/fhir/Immunization.lotNumber',
    doseNumber: 'http://hl7.org/fhir/Immunization.protocolApplied.doseNumber',
  },
};

/** Where the context of vaccination credentials is found below whoever serves it. */
export const vaccinationContextPath = 'contexts/vaccination/v1';

/** The contexts that vaccination credentials are read by, ours served at `address`. */
export const vaccinationContexts = (address: string): Contexts =>
  new Map<string, object>([...credentialContexts, [address, vaccinationContext]]);

/** Where on a status list a credential stands. */
export interface StatusPlace {
  /** The address of the list. */
  list: string;
  index: number;
}

/** What a vaccination credential is made of. */
export interface VaccinationToCertify {
  /** A DID, and its owner's name. */
  issuer: { id: string; name: string };
  /** Where {@link vaccinationContext} is served. */
  context: string;
  facts: Pick<CertificateFacts, 'holderName' | 'birthDate' | 'doses'>;
  validFrom: Date;
  validUntil: Date;
  status: StatusPlace;
}

/**
 * A vaccination credential of VC 2.0, to be signed. Its subject has no id: whoever holds it shows her passport beside it.
 * `factsOfCredential` is the way back.
 */
export function vaccinationCredential(input: VaccinationToCertify): Credential {
  const { issuer, context, facts, validFrom, validUntil, status } = input;
  return {
    '@context': ['https://www.w3.org/ns/credentials/v2', context],
    type: ['VerifiableCredential', 'VaccinationCertificate'],
    issuer,
    validFrom: validFrom.toISOString(),
    validUntil: validUntil.toISOString(),
    credentialStatus: statusEntry(status),
    credentialSubject: {
      recipient: { name: facts.holderName, ...(facts.birthDate && { birthDate: facts.birthDate }) },
      vaccination: facts.doses.map(({ vaccine, words, date, lot, doseNumber }) => ({
        type: 'Immunization',
        vaccine,
        ...(words && { vaccineName: words }),
        occurrence: date,
        ...(lot && { lotNumber: lot }),
        ...(doseNumber !== undefined && { doseNumber }),
      })),
    },
  };
}

/** How a credential names its place (Bitstring Status List 1.0, section 2.1). */
function statusEntry({ list, index }: StatusPlace): object {
  return {
    id: `${list}#${index}`,
    type: 'BitstringStatusListEntry',
    statusPurpose: 'revocation',
    statusListIndex: String(index),
    statusListCredential: list,
  };
}
