import { makeS10, parseS10 } from '../../../src/codecs/s10';
import { cases } from './data';

interface S10Case {
  id: string;
  ok: boolean;
  why: string;
}

interface CarrierCase {
  courier: string;
  format: string;
  number: string;
  ok: boolean;
}

export const s10Cases = () => cases<S10Case>('upu', 's10-vectors');

/** Test numbers of carriers. Those that are not of a post are no S10 numbers, whatever they are to their carrier. */
export const carrierCases = () => cases<CarrierCase>('upu', 'tracking-number-data-tests');

/** What is wrong with our answer to one given number; null when it is right. */
export function s10Fault({ id, ok }: Pick<S10Case, 'id' | 'ok'>): string | null {
  const read = parseS10(id);
  if (read.ok !== ok) return `${id}: expected ${ok ? 'valid' : 'invalid'}, got ${JSON.stringify(read)}`;
  if (!read.ok) return null;
  const { service, serial, country, number } = read.item;
  const made = makeS10(service, serial, country);
  return made === number ? null : `${id}: made again it is ${made}`;
}

/** As {@link s10Fault}, for a carrier's number. */
export function carrierFault({ format, number, ok }: CarrierCase): string | null {
  return s10Fault({ id: number, ok: ok && format === 's10' });
}
