import { Injectable } from '@nestjs/common';
import type { Bundle } from 'fhir/r4';
import { ReadAudit } from '../../../audit';
import { may } from '../../../platform/access';
import type { Context } from '../../../platform/context';
import { AppError } from '../../../platform/errors';
import { FHIR_BASE } from '../fhir-http';
import { auditEvent } from './audit-event-rules';
import { auditSearch } from './audit-search-rules';

/** The trail for a system that gathers the audit of many (FHIR R4, AuditEvent), as `auditTrail` of the GraphQL API. */
@Injectable()
export class ReadAuditEvents {
  constructor(private readonly audit: ReadAudit) {}

  /**
   * A page, newest first, with the address of the next. Throws FORBIDDEN, and INVALID_INPUT with each parameter at
   * fault.
   */
  async run(ctx: Context, asked: Readonly<Record<string, unknown>>): Promise<Bundle> {
    may(ctx, 'audit.read');
    const read = auditSearch(asked);
    if ('faults' in read)
      throw new AppError(
        'INVALID_INPUT',
        {},
        read.faults.map(({ path, text, params }) => ({
          path,
          message: `interop.invalid.${text}`,
          ...(params ? { params } : {}),
        })),
      );
    const { count, after, ...filter } = read.search;
    const { items, endCursor } = await this.audit.run(ctx, filter, { first: count, after: after ?? null });
    return {
      resourceType: 'Bundle',
      type: 'searchset',
      ...(endCursor === null ? {} : { link: [{ relation: 'next', url: nextOf(asked, endCursor) }] }),
      entry: items.map(entry => ({
        search: { mode: 'match' as const },
        resource: auditEvent(entry, ctx.tenant!.code),
      })),
    };
  }
}

/** Relative to the service: it is not told by which name it was called. */
function nextOf(asked: Readonly<Record<string, unknown>>, cursor: string): string {
  const next = new URLSearchParams();
  for (const [name, values] of Object.entries(asked))
    for (const value of [values].flat()) if (name !== '_after') next.append(name, String(value));
  next.append('_after', cursor);
  return `/${FHIR_BASE}/AuditEvent?${next.toString()}`;
}
