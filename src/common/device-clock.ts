/**
 * When something was by our clock, of which a device says when by its own: its clock is as wrong then as it is while it
 * tells us. A clock that was set in between shows by a time that cannot be.
 */
export const byOurClock = (at: Date, deviceTime: Date, receivedAt: Date): Date =>
  new Date(at.getTime() + receivedAt.getTime() - deviceTime.getTime());
