import type { PackFaultCode } from '../country-pack';

/** Says what keeps an edit from being made; `path` is the field of the edit. */
export type Say = (path: string, code: PackFaultCode, params: Record<string, string | number>) => void;
