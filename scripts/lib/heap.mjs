/**
 * How much of a service's memory JavaScript may fill, in MB. Without a bound V8 takes its time with what is no longer
 * used, by the size of the machine: under load the API held twice as much as with this, and did no more for it.
 * The image says the same (Dockerfile).
 */
export const HEAP_BOUND = '--max-old-space-size=512';
