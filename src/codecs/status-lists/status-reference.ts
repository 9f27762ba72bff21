import { isObject } from '../json';

/**
 * Which list a token's status is on, and where: its `status` claim (section 6.2). Undefined when it has none that can
 * be read.
 */
export function statusReference(status: unknown): { uri: string; index: number } | undefined {
  const list = isObject(status) ? status.status_list : undefined;
  if (!isObject(list) || typeof list.uri !== 'string' || !Number.isSafeInteger(list.idx)) return undefined;
  return { uri: list.uri, index: list.idx as number };
}
