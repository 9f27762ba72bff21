import type { KeyObject } from 'node:crypto';
import type { Client } from 'pg';

interface Outside {
  heads: Map<number, object>;
  keys: Map<string, KeyObject>;
}

export function verifyAudit(args: string[]): Promise<number>;
export function readHeads(folder: string, pinned?: string[]): Outside;
export function examine(
  client: Client,
  trail: string,
  outside: Outside,
): Promise<{ seals: number; entries: number; waiting: number; faults: string[]; notes: string[] }>;
