import { factType } from '../platform/events';

/** A session will not be held; whoever has a place there must be told. Aggregate: the session's id. */
export const sessionCancelled = factType<{ facilityId: string; sessionId: string }>(
  'facilities.session-cancelled',
);

/** A role that reaches beyond one facility is asked for; whoever may decide must be told. Aggregate: the request's id. */
export const roleAsked = factType<{ requestId: string }>('facilities.role-asked');
