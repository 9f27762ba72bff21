/**
 * How much of a service's memory JavaScript may fill, in MB. Without a bound V8 takes its time with what is no longer
 * used, by the size of the machine: under load the API held twice as much as with this, and did no more for it. What is
 * young has three spaces of the second size at the most: with V8's own 32 MB the API held a third more under load (376 to
 * 409 MB, and 282 to 298 with these) for two to four per cent of processor; a sync of 500 doses pays ten.
 * The image says the same (Dockerfile).
 */
export const HEAP_BOUND = '--max-old-space-size=512 --max-semi-space-size=16';
