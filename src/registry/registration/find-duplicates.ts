import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../../audit';
import type { Context } from '../../platform/context';
import type { UnitOfWork } from '../../platform/database';
import { Texts } from '../../platform/i18n';
import type { IndexedIdentifier, IndexedPhone } from '../identifiers.store';
import {
  isLikelySame,
  type MatchFacts,
  matchKeys,
  matchScore,
  type MatchWeights,
} from '../matching/duplicate-rules';
import { type MatchCandidate, MatchStore } from '../matching/match.store';
import { maskName } from '../reading/mask-rules';
import { PersonViews } from '../reading/person-views';
import { LikelySamePerson, type WayOn } from '../registry.refusals';

/** By what else than her name a person is found. */
interface Indexed {
  identifiers: readonly IndexedIdentifier[];
  phones: readonly IndexedPhone[];
}

/** What two registrations at one moment must not hold together when they may be of one person. */
export const locksOf = (facts: MatchFacts, { identifiers, phones }: Indexed): string[] => [
  ...matchKeys(facts),
  ...[...identifiers, ...phones].map(({ index }) => index.first.toString('hex')),
];

/** Looks for the person who may be registered already. */
@Injectable()
export class FindDuplicates {
  constructor(
    private readonly store: MatchStore,
    private readonly views: PersonViews,
    private readonly texts: Texts,
    private readonly audit: AuditTrail,
  ) {}

  /**
   * Those who are likely the same, likeliest first. The caller holds the locks of {@link locksOf}, so that nobody
   * alike is being registered at the same moment.
   */
  async of(
    ctx: Context,
    work: UnitOfWork,
    facts: MatchFacts,
    { identifiers, phones }: Indexed,
    weights: MatchWeights,
  ): Promise<MatchCandidate[]> {
    const candidates = await this.store.candidates(
      ctx,
      work,
      matchKeys(facts),
      identifiers.flatMap(({ index }) => index.all),
      phones.flatMap(({ index }) => index.all),
    );
    return candidates
      .filter(candidate => isLikelySame(facts, candidate, weights))
      .map(candidate => ({ candidate, score: matchScore(facts, candidate, weights) }))
      .sort((a, b) => b.score - a.score)
      .map(({ candidate }) => candidate);
  }

  /**
   * The refusal for these matches: a citizen sees the ids of her own people only, and no identifier at all. Whom only
   * an identifier gave away she does not see at all, unless it is one of her own: a number alone opens nobody's record.
   * Every person shown is in the audit trail, as in a search: an attempt to register must not be the unwatched way to
   * look.
   */
  async refusal(
    ctx: Context,
    work: UnitOfWork,
    matches: readonly MatchCandidate[],
    { certain, facilityId }: { certain: boolean; facilityId?: string | null },
  ): Promise<LikelySamePerson> {
    const staff = ctx.actor.kind === 'staff';
    const shown = matches.filter(match => staff || !certain || isOwn(ctx, match)).slice(0, 5);
    const ids = shown.map(match => match.personId);
    for (const id of ids) {
      this.audit.record(ctx, work, {
        action: 'person.find',
        resource: { type: 'person', id },
        personId: id,
        ...(facilityId ? { facilityId } : {}),
        detail: { by: ['registration'], found: matches.length },
      });
    }
    const identifiers = staff ? await this.views.identifiersOf(ctx, work, ids) : new Map<string, never[]>();
    return Object.assign(new LikelySamePerson(), {
      message: this.texts.say(ctx, 'registry.refusal.likelySamePerson'),
      matches: shown.map(match => ({
        personId: staff || isOwn(ctx, match) ? match.personId : null,
        maskedName: maskName(match.name),
        birthYear: Number(match.birth.date.slice(0, 4)),
        identifiers: identifiers.get(match.personId) ?? [],
      })),
      waysOn: waysOn(
        staff,
        certain,
        matches.every(match => isOwn(ctx, match)),
      ),
    });
  }
}

export const isOwn = (ctx: Context, match: MatchCandidate): boolean =>
  ctx.actor.id !== null && match.accountIds.includes(ctx.actor.id);

/** One identifier is one person: nobody may say otherwise, only have the record corrected. */
function waysOn(staff: boolean, certain: boolean, allOwn: boolean): (keyof typeof WayOn)[] {
  const notTheSame = !certain && (staff || allOwn) ? (['SAY_NOT_THE_SAME'] as const) : [];
  return staff ? [...notTheSame] : ['PROVE_WITH_CODE', ...notTheSame, 'ASK_STAFF'];
}
