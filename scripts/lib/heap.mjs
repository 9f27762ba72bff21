/**
 * How much of a service's memory JavaScript may fill, in MB. Without a bound V8 takes its time with what is no longer
 * used, by the size of the machine: under load the API held twice as much as with this, and did no more for it. What is
 * young has three spaces of the second size at the most: whatever is in flight when they are full is copied, so that small
 * ones are dear and stop everybody. With 16 a synced dose cost the API 117 µs and the slowest hundredth of histories took
 * 33 ms, with 32 it was 90 to 117 and 19 to 27 in 320 to 335 MB; with 48 the API held 402, where 400 are aimed at.
 * The image says the same (Dockerfile).
 */
export const HEAP_BOUND = '--max-old-space-size=512 --max-semi-space-size=32';
