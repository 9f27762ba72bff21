import { inertText } from './inert-text';

/** Data for a template, every text in it made safe to set. Templates get texts as data and never as markup. */
export const inertJson = (data: unknown): string =>
  JSON.stringify(data, (_, value: unknown) => (typeof value === 'string' ? inertText(value) : value));
