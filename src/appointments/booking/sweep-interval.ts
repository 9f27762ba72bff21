/** How often places of holds that ran out are given back when nobody books, in seconds. */
export const SWEEP_SECONDS = 15;
