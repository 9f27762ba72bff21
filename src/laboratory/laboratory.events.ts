import { factType } from '../platform/events';

/** A test of a person was entered. Aggregate: the person. */
export const resultRecorded = factType<{ personId: string; resultId: string }>('laboratory.result-recorded');

/** A result that was entered is not so. Aggregate: the person. */
export const resultVoided = factType<{ personId: string; resultId: string }>('laboratory.result-voided');
