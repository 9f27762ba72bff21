import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../../audit';
import type { Context } from '../../platform/context';
import type { UnitOfWork } from '../../platform/database';
import { AppError } from '../../platform/errors';
import { Outbox } from '../../platform/events';
import { storedFacts, type ToldFacts } from './check-person';
import { ConsentsStore } from '../consents/consents.store';
import type { ConsentTo } from '../consents/purposes';
import { IdentifiersStore, type IndexedIdentifier, type IndexedPhone } from '../identifiers.store';
import { newPersonCode } from '../person-code-rules';
import { type NameParts, PersonsStore, type Relation } from '../persons.store';
import { PersonKeys } from '../privacy/person-keys.store';
import { personRegistered } from '../registry.events';

export interface RegisterPersonInput extends ToldFacts {
  nameParts?: NameParts | null;
  accessNeeds?: string[] | null;
  consents: readonly ConsentTo[];
  relation?: Relation | null;
  facilityId?: string | null;
  notTheSame?: { personIds: readonly string[]; reason: string } | null;
  idempotencyKey: string;
}

/** A registration whose facts, consents and permission have been checked. */
export interface Registration {
  input: RegisterPersonInput;
  identifiers: IndexedIdentifier[];
  phones: IndexedPhone[];
  languageOfConsent: string;
}

/** Stores a new person with all that was told of her. Who may, and whether she is new, was decided before. */
@Injectable()
export class AddPerson {
  constructor(
    private readonly store: PersonsStore,
    private readonly identifiers: IdentifiersStore,
    private readonly keys: PersonKeys,
    private readonly consents: ConsentsStore,
    private readonly audit: AuditTrail,
    private readonly outbox: Outbox,
  ) {}

  /** The new person's id. Throws CONFLICT when one of her identifiers has been taken meanwhile. */
  async in(ctx: Context, work: UnitOfWork, registration: Registration): Promise<string> {
    const { input } = registration;
    const personId = ctx.newId();
    const facilityId = ctx.actor.kind === 'citizen' ? null : input.facilityId!;
    const via = facilityId ? ('assisted' as const) : ('own-account' as const);
    const told = {
      ...input,
      nameParts: input.nameParts ?? null,
      accessNeeds: [...new Set(input.accessNeeds)],
    };
    const code = await this.takeCode(work, personId);
    await this.store.add(ctx, work, { ...storedFacts(told), id: personId, code }, { via, facilityId });
    await this.addReach(ctx, work, personId, registration);
    this.audit.record(ctx, work, {
      action: via === 'assisted' ? 'person.register-assisted' : 'person.register-own',
      resource: { type: 'person', id: personId },
      personId,
      ...(facilityId ? { facilityId } : {}),
      detail: { identifiers: registration.identifiers.length, phones: registration.phones.length },
    });
    this.outbox.announce(ctx, work, personRegistered, personId, { personId, via, facilityId });
    return personId;
  }

  /** How she is known, how she is reached, who acts for her, and what she agreed to. */
  private async addReach(ctx: Context, work: UnitOfWork, personId: string, it: Registration): Promise<void> {
    if (!(await this.identifiers.claim(work, personId, it.identifiers))) throw new AppError('CONFLICT');
    const person = { id: personId, key: await this.keys.make(ctx, work, personId) };
    for (const identifier of it.identifiers) {
      await this.identifiers.addIdentifier(ctx, work, person, identifier);
    }
    for (const phone of it.phones) await this.identifiers.addPhone(ctx, work, person, phone);
    if (ctx.actor.kind === 'citizen') {
      await this.store.link(ctx, work, { personId, accountId: ctx.actor.id!, relation: it.input.relation! });
    }
    for (const consent of it.input.consents) {
      await this.consents.add(ctx, work, {
        ...consent,
        personId,
        given: true,
        language: it.languageOfConsent,
      });
    }
  }

  private async takeCode(work: UnitOfWork, personId: string): Promise<string> {
    for (;;) {
      const code = newPersonCode();
      if (await this.store.claimCode(work, code, personId)) return code;
    }
  }
}
