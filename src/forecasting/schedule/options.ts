import type { Schedule, Series } from './schedule-format';

/** Is the series part of the programme, by the options the country has chosen (`policy.options`)? */
export function isChosen({ policy }: Schedule, { options }: Series): boolean {
  return options === undefined || options.some(option => policy.options?.includes(option));
}
