import { announcementOf } from './draw-files';
import { Draw, DrawEntryView, type EntryState } from './draw.graphql';
import type { DrawRow, TurnRow } from './draws.store';

/** A draw as everybody sees it. */
export function drawView(row: DrawRow, entered: number): Draw {
  const { places, reserved, caps, confirmWithinSeconds } = announcementOf(row.announcement);
  return Object.assign(new Draw(), {
    places,
    reserved,
    caps,
    confirmWithinSeconds,
    entered,
    id: row.drawId,
    facilityId: row.facilityId,
    sessionId: row.sessionId,
    policy: row.policy,
    entriesFrom: row.entriesFrom,
    entriesUntil: row.entriesUntil,
    drawnFrom: row.drawnFrom,
    seedCommitment: row.seedCommitment.toString('hex'),
    announcement: row.announcement,
    entries: row.entries,
    entriesHash: row.entriesHash?.toString('hex') ?? null,
    result: row.result,
  });
}

/** An entry as whoever entered sees it. */
export function entryView(row: TurnRow): DrawEntryView {
  const state = stateOf(row);
  return Object.assign(new DrawEntryView(), {
    id: row.id,
    drawId: row.drawId,
    facilityId: row.facilityId,
    sessionId: row.sessionId,
    personId: row.personId,
    state,
    position: row.position,
    ahead: state === 'WAITING' ? row.ahead : null,
    bookingId: row.bookingId,
    confirmUntil: state === 'OFFERED' ? row.confirmUntil : null,
  });
}

function stateOf({ position, missed, appointmentState, overAt }: TurnRow): EntryState {
  if (missed) return 'MISSED';
  switch (appointmentState) {
    case null:
      if (overAt) return 'OVER';
      return position === null ? 'ENTERED' : 'WAITING';
    case 'HELD':
      return 'OFFERED';
    case 'EXPIRED':
    case 'CANCELLED':
    case 'MOVED':
      return 'LET_GO';
    default:
      return 'BOOKED';
  }
}
