import type { StorageClass } from './country-pack';

/**
 * Whether freezing harms a vaccine, by what the country's pack says it bears: a class that names it has an alarm for cold,
 * or no class names it, and it is kept by WHO's usual alarms, of which one is (WHO/IVB/06.10).
 */
export function isFreezeSensitive(
  storage: readonly Pick<StorageClass, 'vaccines' | 'alarms'>[],
  vaccine: string,
): boolean {
  const classes = storage.filter(({ vaccines }) => vaccines.includes(vaccine));
  return classes.length === 0 || classes.some(({ alarms }) => alarms.some(({ side }) => side === 'low'));
}
