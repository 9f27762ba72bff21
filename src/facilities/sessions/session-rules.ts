/** What is stored; whether a planned session is open follows from the clock, see {@link sessionState}. */
export type StoredState = 'PLANNED' | 'CLOSED' | 'CANCELLED';

/**
 * A sort of place. A session counts its bookable places either all together (`any`) or by dose number (`dose-1`);
 * beside them stand those reserved for people who come without an appointment and for assisted booking.
 */
export type Pool = 'any' | `dose-${number}` | 'walk-in' | 'assisted';
