import { Injectable } from '@nestjs/common';
import type { Context } from '../platform/context';
import { Texts } from '../platform/i18n';

/** What the codes of the trail are called in the caller's language. */
@Injectable()
export class AuditWords {
  constructor(private readonly texts: Texts) {}

  /** What was done. An action that has no words yet is shown by its code. */
  action(ctx: Context, action: string): string {
    return this.wordFor(ctx, 'action', action);
  }

  /** Who did it, as people outside may know it: by role, never by name. */
  actor(ctx: Context, entry: { actorKind: string; actorRoles: readonly string[] }): string {
    if (entry.actorKind !== 'staff') return this.wordFor(ctx, 'actor', entry.actorKind);
    return entry.actorRoles.map(role => this.wordFor(ctx, 'role', role)).join(', ');
  }

  private wordFor(ctx: Context, kind: string, code: string): string {
    const key = `audit.${kind}.${code}`;
    const said = this.texts.say(ctx, key);
    return said === key ? code : said;
  }
}
