import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../../audit';
import { mayAnywhere, type Permission } from '../../platform/access';
import type { Context } from '../../platform/context';
import { Database, type UnitOfWork } from '../../platform/database';
import { invalid } from '../../platform/errors';
import { Outbox } from '../../platform/events';
import { Texts } from '../../platform/i18n';
import { mayFor, Persons } from '../persons';
import { personChanged } from '../registry.events';
import { StaffPlace } from '../staff-place';
import { type Consent, ConsentMissing, ConsentRequired, type ConsentPurposeText } from './consent.graphql';
import { ConsentsStore } from './consents.store';
import { Purposes } from './purposes';

/** Whose consent, to what, and where a member of staff records it. */
export interface ConsentInput {
  personId: string;
  purpose: string;
  facilityId?: string | null;
}

/** Consent is given or withdrawn, one purpose at a time; each act is a fact of its own. */
@Injectable()
export class GiveConsent {
  constructor(
    private readonly database: Database,
    private readonly persons: Persons,
    private readonly staffPlace: StaffPlace,
    private readonly purposes: Purposes,
    private readonly store: ConsentsStore,
    private readonly audit: AuditTrail,
    private readonly outbox: Outbox,
    private readonly texts: Texts,
  ) {}

  /** Refuses an older version of the text. Throws INVALID_INPUT for a purpose that the country does not have. */
  async give(ctx: Context, input: ConsentInput & { version: string }): Promise<Consent | ConsentMissing> {
    const permission = permit(ctx);
    const purpose = await this.purpose(ctx, input.purpose);
    if (purpose.version !== input.version) {
      const message = this.texts.say(ctx, 'registry.refusal.consentMissing');
      return Object.assign(new ConsentMissing(), { message, purposes: [purpose] });
    }
    return this.database.write(ctx, work => this.record(ctx, work, permission, input, purpose, true));
  }

  /** Refuses for a purpose that the record cannot be kept without. Throws INVALID_INPUT for an unknown purpose. */
  async withdraw(ctx: Context, input: ConsentInput): Promise<Consent | ConsentRequired> {
    const permission = permit(ctx);
    const purpose = await this.purpose(ctx, input.purpose);
    if (purpose.required) {
      const message = this.texts.say(ctx, 'registry.refusal.consentRequired');
      return Object.assign(new ConsentRequired(), { message, purpose });
    }
    return this.database.write(ctx, work => this.record(ctx, work, permission, input, purpose, false));
  }

  private async purpose(ctx: Context, code: string): Promise<ConsentPurposeText> {
    const purpose = (await this.purposes.all(ctx)).find(known => known.code === code);
    if (!purpose) throw invalid('purpose', 'validation.isIn');
    return purpose;
  }

  private async record(
    ctx: Context,
    work: UnitOfWork,
    permission: Permission,
    input: ConsentInput,
    { version, language }: ConsentPurposeText,
    given: boolean,
  ): Promise<Consent> {
    const at = await this.staffPlace.of(ctx, work, permission, input.facilityId);
    const person = await this.persons.byId(ctx, work, input.personId);
    mayFor(ctx, permission, person, at);
    const consent = { personId: person.id, purpose: input.purpose, version, given, language };
    await this.store.add(ctx, work, consent);
    this.audit.record(ctx, work, {
      action: given ? 'consent.give' : 'consent.withdraw',
      resource: { type: 'person', id: person.id },
      personId: person.id,
      ...(at ? { facilityId: at.facilityId } : {}),
      detail: { purpose: input.purpose, version },
    });
    const fields = [`consent:${input.purpose}`];
    this.outbox.announce(ctx, work, personChanged, person.id, { personId: person.id, fields });
    return { ...consent, at: ctx.now() };
  }
}

/** Her own act, or recorded by staff who have her before them. */
function permit(ctx: Context): Permission {
  const permission = ctx.actor.kind === 'citizen' ? 'consent.give-own' : 'consent.give-assisted';
  mayAnywhere(ctx, permission);
  return permission;
}
