/** Where somebody is on her way through a session. */
export type VisitState = 'WAITING' | 'VERIFIED' | 'VACCINATED' | 'OBSERVED' | 'GONE' | 'LEFT';

export type StepKind =
  | 'ARRIVED'
  | 'CALLED'
  | 'PUT_BACK'
  | 'VERIFIED'
  | 'VACCINATED'
  | 'DOSE_VOIDED'
  | 'OBSERVED'
  | 'GONE'
  | 'LEFT';

/** One thing that was done with a visitor: a fact. `at` is by our clock, however late we heard of it. */
export interface Step {
  step: StepKind;
  at: Date;
  by: string;
  /** Why she left; null where no reason is asked. */
  reason: string | null;
  /** Where she is called to. */
  station: string | null;
  /** Of the verification: whether she has had a reaction to a vaccine before. */
  earlierReaction: boolean | null;
  /** Until when she stays, when this step says so. */
  observedUntil: Date | null;
}

/** What the steps of a visit come to. */
export interface Standing {
  state: VisitState;
  /** Since when she is in that state. */
  since: Date;
  /** How many steps there are. */
  steps: number;
  /** When it was, or is again, her turn. */
  turnAt: Date;
  calledBy: string | null;
  calledAt: Date | null;
  station: string | null;
  earlierReaction: boolean;
  /** When she was first verified. */
  verifiedAt: Date | null;
  /** Doses given on this visit and not voided. */
  doses: number;
  /** When she was given the first of them. */
  vaccinatedAt: Date | null;
  observedUntil: Date | null;
  leftBecause: string | null;
}

/** How long people are observed, in minutes. */
export interface ObservationMinutes {
  minutes: number;
  minutesAfterReaction: number;
}

/** Where a country says nothing: half an hour, as guidance for mass vaccination has it, and twice that after a reaction. */
export const USUAL_OBSERVATION: ObservationMinutes = { minutes: 30, minutesAfterReaction: 60 };

const NOT_CALLED = { calledBy: null, calledAt: null, station: null };

/** A visit on arrival, to be served when it is due, see {@link dueOf}. */
export const onArrival = (at: Date, dueAt: Date): Standing => ({
  ...NOT_CALLED,
  state: 'WAITING',
  since: at,
  steps: 1,
  turnAt: dueAt,
  earlierReaction: false,
  verifiedAt: null,
  doses: 0,
  vaccinatedAt: null,
  observedUntil: null,
  leftBecause: null,
});

/** Whether she is still on her way. */
export const isOpen = (state: VisitState): boolean => state !== 'GONE' && state !== 'LEFT';

/** Why whoever waits in a session that will not be held goes; whoever has had her dose is observed all the same. */
export const CANCELLED = 'SESSION_CANCELLED';

/** Nothing has been given to her yet. */
export const isBeforeDose = (state: VisitState): boolean => state === 'WAITING' || state === 'VERIFIED';

/** A visit after one more step. A step that came too late to change where she is, is a fact all the same. */
export function after(before: Standing, step: Step): Standing {
  return { ...before, ...changes(before, step), steps: before.steps + 1 };
}

function changes(before: Standing, step: Step): Partial<Standing> {
  switch (step.step) {
    case 'CALLED':
      return isBeforeDose(before.state)
        ? { calledBy: step.by, calledAt: step.at, station: step.station }
        : {};
    case 'PUT_BACK':
      return { ...NOT_CALLED, turnAt: step.at };
    case 'VERIFIED':
      return verified(before, step);
    case 'VACCINATED':
      return vaccinated(before, step);
    case 'DOSE_VOIDED':
      return doseVoided(before, step);
    case 'OBSERVED':
      return before.state === 'VACCINATED' ? to('OBSERVED', step) : {};
    case 'GONE':
    case 'LEFT':
      return isOpen(before.state) ? { ...to(step.step, step), leftBecause: step.reason } : {};
    case 'ARRIVED':
      return {};
  }
}

const to = (state: VisitState, { at }: Step): Partial<Standing> => ({
  ...NOT_CALLED,
  state,
  since: at,
  leftBecause: null,
});

/** An earlier reaction that is heard of only after the dose makes her stay longer. */
function verified(before: Standing, step: Step): Partial<Standing> {
  const told = step.earlierReaction ?? false;
  const verifiedAt = before.verifiedAt ?? step.at;
  if (isBeforeDose(before.state)) return { ...to('VERIFIED', step), verifiedAt, earlierReaction: told };
  return {
    verifiedAt,
    earlierReaction: before.earlierReaction || told,
    observedUntil: later(before.observedUntil, step.observedUntil),
    ...(staysOn(before, step) ? to('VACCINATED', step) : {}),
  };
}

const staysOn = ({ state }: Standing, { observedUntil, at }: Step): boolean =>
  state === 'OBSERVED' && observedUntil !== null && observedUntil > at;

/**
 * A dose has happened, whatever came before it: it may even be given to somebody whom nobody verified. Heard of after
 * she went, it was given before that, or she came back for it; the times tell.
 */
function vaccinated(before: Standing, step: Step): Partial<Standing> {
  const gone = !isOpen(before.state) && step.at < before.since;
  return {
    ...(gone ? { state: 'GONE' } : to('VACCINATED', step)),
    doses: before.doses + 1,
    vaccinatedAt: before.vaccinatedAt && before.vaccinatedAt < step.at ? before.vaccinatedAt : step.at,
    observedUntil: later(before.observedUntil, step.observedUntil),
  };
}

/** Whose only dose turns out not to be one waits for it again, as long as she is there. */
function doseVoided(before: Standing, step: Step): Partial<Standing> {
  const doses = Math.max(0, before.doses - 1);
  if (doses > 0 || !isOpen(before.state)) return { doses };
  return { ...to('VERIFIED', step), doses, vaccinatedAt: null, observedUntil: null };
}

const later = (one: Date | null, other: Date | null): Date | null =>
  one && other ? (one > other ? one : other) : (one ?? other);

/** Until when somebody stays after a dose. */
export const observedUntil = (
  doseAt: Date,
  { minutes, minutesAfterReaction }: ObservationMinutes,
  earlierReaction: boolean,
): Date => new Date(doseAt.getTime() + (earlierReaction ? minutesAfterReaction : minutes) * 60_000);

/** The same when an earlier reaction is heard of only while she is observed. */
export const prolonged = (until: Date, { minutes, minutesAfterReaction }: ObservationMinutes): Date =>
  new Date(until.getTime() + Math.max(0, minutesAfterReaction - minutes) * 60_000);

/** Where she is by the clock: whose time of observation is over may go, before anybody has written it down. */
export const stateAt = (
  { state, observedUntil: until }: Pick<Standing, 'state' | 'observedUntil'>,
  now: Date,
): VisitState => (state === 'VACCINATED' && until !== null && until <= now ? 'OBSERVED' : state);

/**
 * Whether a verification is a step. One that says nothing new is none; after the dose it is out of order, unless it is
 * told late or an earlier reaction comes to light.
 */
export function verificationOf(
  standing: Standing,
  earlierReaction: boolean,
  late: boolean,
): 'step' | 'nothing-new' | 'out-of-order' {
  const before = isBeforeDose(standing.state);
  const news = earlierReaction !== standing.earlierReaction && (before || earlierReaction);
  if (standing.verifiedAt && standing.state !== 'WAITING' && !news) return 'nothing-new';
  return before || late || (news && isOpen(standing.state)) ? 'step' : 'out-of-order';
}

/** What ends a visit: the steps to write, or that a reason must be given first. */
export type Ending = { steps: readonly ('OBSERVED' | 'GONE' | 'LEFT')[] } | { reasonNeeded: true };

/** Whoever leaves without a dose, or before her time of observation is over, says why. */
export function endingOf(standing: Standing, at: Date, reason: string | null): Ending {
  if (!isOpen(standing.state)) return { steps: [] };
  const state = stateAt(standing, at);
  if (state === 'OBSERVED') return { steps: state === standing.state ? ['GONE'] : ['OBSERVED', 'GONE'] };
  if (reason === null) return { reasonNeeded: true };
  return { steps: [isBeforeDose(state) ? 'LEFT' : 'GONE'] };
}

/** What is known of one who joins, for her turn. */
export interface Joining {
  bookedAt: Date | null;
  rank: number | null;
}

/**
 * When it is a party's turn, and its rank: those of its first, so that it is served together. Whoever has an appointment
 * is due at its time, however early or late she comes; whoever has none, when she comes. `order` of a priority group:
 * the lower, the sooner.
 */
export function dueOf(party: readonly Joining[], arrivedAt: Date): { dueAt: Date; rank: number | null } {
  const times = party.map(({ bookedAt }) => (bookedAt ?? arrivedAt).getTime());
  const ranks = party.flatMap(({ rank }) => rank ?? []);
  return {
    dueAt: new Date(Math.min(...times)),
    rank: ranks.length > 0 ? Math.min(...ranks) : null,
  };
}

/**
 * The instant of a civil time (`HH:MM`) on the day that begins at `startOfDay`; an hour off where clocks change that
 * day.
 */
export function instantOf(startOfDay: Date, time: string): Date {
  const [hours, minutes] = time.split(':').map(Number);
  return new Date(startOfDay.getTime() + (hours! * 60 + minutes!) * 60_000);
}
