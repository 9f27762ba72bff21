import type { CertifiedDose } from '../../codecs';
import type { ProofFormat, ProofFormatName, ProvenDose } from './proof-format';

interface GivenDose {
  id: string;
  productCode: string;
}
interface Product {
  code: string;
  codes: Readonly<Record<string, string>>;
}

/** The doses of a certificate with the codes of their products, in its order. */
export function provenDoses(
  certified: readonly CertifiedDose[],
  vaccinationIds: readonly string[],
  given: readonly GivenDose[],
  products: readonly Product[],
): ProvenDose[] {
  const productOf = new Map(given.map(({ id, productCode }) => [id, productCode]));
  const codesOf = new Map(products.map(({ code, codes }) => [code, codes]));
  return certified.map((dose, at) => {
    const vaccinationId = vaccinationIds[at]!;
    return { ...dose, vaccinationId, codes: codesOf.get(productOf.get(vaccinationId) ?? '') ?? {} };
  });
}

/** The doses that a format states of those on a certificate: of one that states one, the one asked for. */
export function dosesFor(
  { perDose, states }: ProofFormat,
  doses: readonly ProvenDose[],
  vaccinationId: string | null,
): ProvenDose[] {
  if (perDose !== (vaccinationId !== null)) return [];
  return doses.filter(dose => states(dose) && (!perDose || dose.vaccinationId === vaccinationId));
}

/** A format, and the one dose that it would state. */
interface Offer {
  format: ProofFormatName;
  vaccinationId: string | null;
}

/** Everything that a certificate with these doses can be had in. */
export function offers(formats: readonly ProofFormat[], doses: readonly ProvenDose[]): Offer[] {
  return formats.flatMap((format): Offer[] => {
    const stated = doses.filter(format.states);
    if (format.perDose) return stated.map(({ vaccinationId }) => ({ format: format.name, vaccinationId }));
    return stated.length > 0 ? [{ format: format.name, vaccinationId: null }] : [];
  });
}
