import type { TextByLanguage } from '../../localisation';
import { AppError } from '../../platform/errors';
import type { FacilityFault } from './facility-rules';

/** Names as the API takes them, as they are kept. */
export const namesOf = (names: readonly { language: string; text: string }[]): TextByLanguage =>
  Object.fromEntries(names.map(({ language, text }) => [language, text.trim()]));

/** Every fault of a form at once. The text of each is `facilities.fault.<key>`. */
export const faultsAsError = (faults: readonly FacilityFault[]): AppError =>
  new AppError(
    'INVALID_INPUT',
    {},
    faults.map(({ field, key, params }) => ({
      path: field,
      message: `facilities.fault.${key}`,
      ...(params ? { params } : {}),
    })),
  );
