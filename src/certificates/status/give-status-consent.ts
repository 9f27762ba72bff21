import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../../audit';
import type { Context } from '../../platform/context';
import { Database } from '../../platform/database';
import { invalid, notFound } from '../../platform/errors';
import { Programmes } from '../../programmes';
import { mayFor, Persons } from '../../registry';
import { newStatusCode, readStatusCode } from './status-code-rules';
import { GivenStatusConsent, type StatusConsent } from './status.graphql';
import { asConsent } from './status-views';
import { StatusConsentsStore } from './status-consents.store';

const GIVE = 'certificate.give-status-consent';

export interface GiveStatusConsentInput {
  personId: string;
  vaccineGroup: string;
  minutes: number;
}

/** A person lets others ask how far she is, by a code that she hands on; and ends that. Holders alone, never staff. */
@Injectable()
export class GiveStatusConsent {
  constructor(
    private readonly database: Database,
    private readonly store: StatusConsentsStore,
    private readonly persons: Persons,
    private readonly programmes: Programmes,
    private readonly audit: AuditTrail,
  ) {}

  /**
   * The code is told here and never again. Throws NOT_FOUND for a person who is not the caller's, INVALID_INPUT for a
   * vaccine group that the schedule does not have.
   */
  run(
    ctx: Context,
    { personId, vaccineGroup, minutes }: GiveStatusConsentInput,
  ): Promise<GivenStatusConsent> {
    return this.database.write(ctx, async work => {
      const person = await this.persons.byId(ctx, work, personId);
      mayFor(ctx, GIVE, person);
      const { schedule } = await this.programmes.current(ctx);
      if (!schedule.groups.some(({ code }) => code === vaccineGroup))
        throw invalid('vaccineGroup', 'certificates.invalid.vaccineGroup');
      const id = ctx.newId();
      const code = newStatusCode();
      const expiresAt = new Date(ctx.now().getTime() + minutes * 60_000);
      const consent = { personId: person.id, id, vaccineGroup, expiresAt };
      await this.store.add(ctx, work, consent, readStatusCode(code)!);
      this.audit.record(ctx, work, {
        action: GIVE,
        resource: { type: 'status-consent', id },
        personId: person.id,
        detail: { vaccineGroup, minutes },
      });
      const given = (await this.store.one(work, person.id, id))!;
      return Object.assign(new GivenStatusConsent(), { code, consent: asConsent(ctx, given) });
    });
  }

  /** Nobody is told anything by its code from now on. Throws NOT_FOUND. */
  end(
    ctx: Context,
    { personId, consentId }: { personId: string; consentId: string },
  ): Promise<StatusConsent> {
    return this.database.write(ctx, async work => {
      mayFor(ctx, GIVE, await this.persons.byId(ctx, work, personId));
      const consent = await this.store.one(work, personId, consentId);
      if (!consent) throw notFound();
      await this.store.end(ctx, work, consent);
      this.audit.record(ctx, work, {
        action: 'certificate.end-status-consent',
        resource: { type: 'status-consent', id: consentId },
        personId,
      });
      return asConsent(ctx, (await this.store.one(work, personId, consentId))!);
    });
  }

  /** Every consent of a person and who used it, newest first, at most a hundred. Throws NOT_FOUND. */
  ofPerson(ctx: Context, personId: string): Promise<StatusConsent[]> {
    return this.database.read(ctx, async work => {
      const person = await this.persons.byId(ctx, work, personId);
      mayFor(ctx, GIVE, person);
      this.audit.record(ctx, work, {
        action: 'certificate.read-status-consents',
        resource: { type: 'status-consent', id: null },
        personId: person.id,
      });
      return (await this.store.ofPerson(work, person.id)).map(row => asConsent(ctx, row));
    });
  }
}
