import type { CompiledAntigen } from '../schedule/compiled-schedule';
import type { History } from '../history/organise-history';

/** Table 7-3: does the person have evidence of immunity? By clinical history, or by birth date, country and exclusions. */
export function hasEvidenceOfImmunity(history: History, antigen: CompiledAntigen): boolean {
  if (antigen.immuneBy.length === 0 && antigen.immuneByBirth.length === 0) return false;
  const observed = (observation: number) => history.observations.has(observation);
  if (antigen.immuneBy.some(observed)) return true;
  return antigen.immuneByBirth.some(
    ({ before, country, unless }) =>
      history.birth < before &&
      !unless.some(observed) &&
      (country === undefined || country === history.countryOfBirth),
  );
}
