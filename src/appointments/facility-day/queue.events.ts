import { factType } from '../../platform/events';
import type { StepKind } from './visit-rules';

/**
 * Something was done with a visitor: she arrived, was called, verified, vaccinated, her time of observation is over
 * (`OBSERVED`), she went. Aggregate: the visit's id.
 */
export const visitMoved = factType<{
  facilityId: string;
  sessionId: string;
  visitId: string;
  personId: string;
  step: StepKind;
}>('appointments.visit-moved');
