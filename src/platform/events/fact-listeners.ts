import { Injectable } from '@nestjs/common';
import type { FactListener, FactType } from './facts';

/** Who listens to what. Modules add themselves at start; the announcer does not know them. */
@Injectable()
export class FactListeners {
  private readonly listeners = new Map<string, FactListener<Record<string, unknown>>[]>();

  on<Payload extends object>(fact: FactType<Payload>, listener: FactListener<Payload>): void {
    const known = this.listeners.get(fact.type) ?? [];
    this.listeners.set(fact.type, [...known, listener as unknown as FactListener<Record<string, unknown>>]);
  }

  of(type: string): readonly FactListener<Record<string, unknown>>[] {
    return this.listeners.get(type) ?? [];
  }
}
