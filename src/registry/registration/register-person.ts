import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../../audit';
import { isId } from '../../common';
import { Places } from '../../facilities';
import { CitizenAccounts } from '../../identity';
import { may, mayAnywhere } from '../../platform/access';
import type { Context } from '../../platform/context';
import { Database, once, type UnitOfWork } from '../../platform/database';
import { invalid, notFound } from '../../platform/errors';
import { Texts } from '../../platform/i18n';
import { AddPerson, type RegisterPersonInput, type Registration } from './add-person';
import { CheckPerson, matchFactsOf } from './check-person';
import { ConsentMissing } from '../consents/consent.graphql';
import { Purposes } from '../consents/purposes';
import { FindDuplicates, isOwn, locksOf } from './find-duplicates';
import { IdentifiersStore } from '../identifiers.store';
import { haveSameIdentifier, type MatchFacts, matchKeys } from '../matching/duplicate-rules';
import { type MatchCandidate, MatchStore } from '../matching/match.store';
import type { Person } from '../person.graphql';
import { PersonViews } from '../reading/person-views';
import { PersonsStore } from '../persons.store';
import { type LikelySamePerson, TooManyPeople } from '../registry.refusals';

type Refused = LikelySamePerson | ConsentMissing | TooManyPeople;

/**
 * A citizen registers herself or somebody she cares for; or a member of staff registers and attests a person who has
 * no phone, no identifier or no account. Nobody is registered twice silently.
 */
@Injectable()
export class RegisterPerson {
  constructor(
    private readonly database: Database,
    private readonly places: Places,
    private readonly accounts: CitizenAccounts,
    private readonly check: CheckPerson,
    private readonly purposes: Purposes,
    private readonly duplicates: FindDuplicates,
    private readonly store: PersonsStore,
    private readonly identifiers: IdentifiersStore,
    private readonly matches: MatchStore,
    private readonly add: AddPerson,
    private readonly views: PersonViews,
    private readonly texts: Texts,
    private readonly audit: AuditTrail,
  ) {}

  /**
   * Refuses a person who is likely registered already, one without the required consents, and one more than an
   * account may act for. Throws INVALID_INPUT for facts that the country's forms do not take.
   */
  async run(ctx: Context, input: RegisterPersonInput): Promise<Person | Refused> {
    await this.permit(ctx, input);
    const missing = await this.missingConsents(ctx, input);
    if (missing) return missing;
    const registration = await this.prepare(ctx, input);
    let refused: Refused | null = null;
    return this.database.write(ctx, async work => {
      const { idempotencyKey, ...request } = input;
      const done = await once(ctx, work, idempotencyKey, request, async () => {
        const outcome = await this.register(ctx, work, registration);
        if (typeof outcome === 'string') return outcome;
        refused = outcome;
        return null;
      });
      if (!done) return refused!;
      const person = await this.store.person(work, done.id);
      if (!person) throw notFound(); // registered by this key, and erased since
      if (done.repeated) this.noteReading(ctx, work, person.id, placeOf(ctx, input));
      return this.views.one(ctx, work, {
        ...person,
        ...(input.relation ? { relation: input.relation } : {}),
      });
    });
  }

  /** The same key again shows the person without registering her: that is a reading of her record. */
  private noteReading(ctx: Context, work: UnitOfWork, personId: string, facilityId: string | null): void {
    this.audit.record(ctx, work, {
      action: ctx.actor.kind === 'citizen' ? 'person.read-own' : 'person.read',
      resource: { type: 'person', id: personId },
      personId,
      ...(facilityId ? { facilityId } : {}),
    });
  }

  private async permit(ctx: Context, input: RegisterPersonInput): Promise<void> {
    if (ctx.actor.kind === 'citizen') {
      may(ctx, 'person.register-own', { accountId: ctx.actor.id! });
      if (!input.relation) throw invalid('relation', 'validation.isDefined');
      return;
    }
    mayAnywhere(ctx, 'person.register-assisted');
    const { facilityId } = input;
    if (!facilityId || !isId(facilityId)) throw invalid('facilityId', 'validation.isDefined');
    may(
      ctx,
      'person.register-assisted',
      await this.database.read(ctx, work => this.places.of(work, facilityId)),
    );
  }

  private async missingConsents(ctx: Context, input: RegisterPersonInput): Promise<ConsentMissing | null> {
    const isGiven = ({ code, version }: { code: string; version: string }): boolean =>
      input.consents.some(consent => consent.purpose === code && consent.version === version);
    const purposes = await this.purposes.all(ctx);
    for (const [i, { purpose }] of input.consents.entries()) {
      if (!purposes.some(({ code }) => code === purpose))
        throw invalid(`consents.${i}.purpose`, 'validation.isIn');
    }
    const asked = purposes.filter(
      purpose => purpose.required || input.consents.some(consent => consent.purpose === purpose.code),
    );
    const missing = asked.filter(purpose => !isGiven(purpose));
    if (missing.length === 0) return null;
    const message = this.texts.say(ctx, 'registry.refusal.consentMissing');
    return Object.assign(new ConsentMissing(), { message, purposes: missing });
  }

  private async prepare(ctx: Context, input: RegisterPersonInput): Promise<Registration> {
    await this.check.facts(ctx, input);
    const identifiers = await this.check.identifiersOf(ctx, input);
    const own = await this.provedPhone(ctx);
    const phone = (await this.check.phoneOf(ctx, input)) ?? own;
    const phones = phone ? [await this.identifiers.indexedPhone(ctx, phone, phone === own)] : [];
    const [purpose] = await this.purposes.all(ctx);
    return { input, identifiers, phones, languageOfConsent: purpose?.language ?? ctx.languages[0]! };
  }

  /** The phone that the calling citizen proved; staff have none that could become somebody else's. */
  private async provedPhone(ctx: Context): Promise<string | null> {
    const { kind, id } = ctx.actor;
    if (kind !== 'citizen' || !id) return null;
    return this.database.read(ctx, work => this.accounts.phoneOf(ctx, work, id));
  }

  private async register(ctx: Context, work: UnitOfWork, it: Registration): Promise<string | Refused> {
    const { input } = it;
    await this.check.references(ctx, work, input);
    const rules = await this.matches.rules(work);
    const facts = matchFactsOf(input, it.identifiers, it.phones);
    await this.matches.lock(work, [
      ...locksOf(facts, it),
      ...(ctx.actor.kind === 'citizen' ? [ctx.actor.id!] : []),
    ]);
    const full = await this.fullAccount(ctx, work, rules.peoplePerAccount);
    if (full) return full;
    const alike = await this.duplicates.of(ctx, work, facts, it, rules.weights);
    const refused = await this.refuseAlike(ctx, work, input, facts, alike);
    if (refused) return refused;
    const personId = await this.add.in(ctx, work, it);
    await this.matches.file(work, personId, matchKeys(facts));
    const apart = alike.map(match => match.personId);
    if (input.notTheSame && apart.length > 0)
      await this.matches.keepApart(ctx, work, personId, apart, input.notTheSame.reason);
    return personId;
  }

  private async fullAccount(ctx: Context, work: UnitOfWork, limit: number): Promise<TooManyPeople | null> {
    if (ctx.actor.kind !== 'citizen') return null;
    if ((await this.store.countPeopleOf(work, ctx.actor.id!)) < limit) return null;
    const message = this.texts.say(ctx, 'registry.refusal.tooManyPeople', { limit });
    return Object.assign(new TooManyPeople(), { message, limit });
  }

  /** Records that look alike stand in the way unless the caller has looked at each and may say that it is another. */
  private async refuseAlike(
    ctx: Context,
    work: UnitOfWork,
    input: RegisterPersonInput,
    facts: MatchFacts,
    alike: readonly MatchCandidate[],
  ): Promise<LikelySamePerson | null> {
    const certain = alike.some(match => haveSameIdentifier(facts, match));
    const mayDeny = (match: MatchCandidate): boolean => ctx.actor.kind === 'staff' || isOwn(ctx, match);
    const denied = (match: MatchCandidate): boolean =>
      !certain && mayDeny(match) && !!input.notTheSame?.personIds.includes(match.personId);
    if (alike.every(denied)) return null;
    return this.duplicates.refusal(ctx, work, alike, { certain, facilityId: placeOf(ctx, input) });
  }
}

/** Where the member of staff stands; a citizen stands nowhere, whatever she says. */
const placeOf = (ctx: Context, input: RegisterPersonInput): string | null =>
  ctx.actor.kind === 'citizen' ? null : (input.facilityId ?? null);
