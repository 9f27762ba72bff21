import { Injectable } from '@nestjs/common';
import { isId } from '../common';
import { isAllowed, may, mayAnywhere, type Permission, type Place, reachesOf } from '../platform/access';
import type { Context } from '../platform/context';
import type { UnitOfWork } from '../platform/database';
import { notFound } from '../platform/errors';
import { readPersonCode } from './person-code-rules';
import { type PersonRow, PersonsStore, type Relation } from './persons.store';

/** A person as other modules see her. `birthDate` is the earliest day it can be: look at `birthDatePrecision`. */
export interface PersonRecord extends PersonRow {
  /** The caller's own account when she acts for this person, for `may(ctx, …, place)`. */
  place: Place;
}

/** Persons, for the modules that care for them. */
@Injectable()
export class Persons {
  constructor(private readonly store: PersonsStore) {}

  /** Throws NOT_FOUND for an id that is no person of this country. Checks no permission: see {@link mayFor}. */
  async byId(ctx: Context, work: UnitOfWork, personId: string): Promise<PersonRecord> {
    const row = isId(personId) ? await this.store.person(work, personId) : null;
    if (!row) throw notFound();
    return asRecord(ctx, row);
  }

  /** {@link byId} for many, by their ids; an id that is no person of this country has no entry. */
  async ofIds(work: UnitOfWork, personIds: readonly string[]): Promise<ReadonlyMap<string, PersonRow>> {
    const rows = await this.store.persons(work, personIds.filter(isId));
    return new Map(rows.map(row => [row.id, row]));
  }

  /**
   * Whoever else asks to hold one of these persons, or changes what is known of her, waits until the unit of work ends.
   * What it asks from now on has seen all that those did who held her before.
   */
  hold(work: UnitOfWork, personIds: readonly string[]): Promise<void> {
    return this.store.hold(work, personIds);
  }

  /**
   * The ids of persons as papers name them, by their id or by the code on their card; what names nobody has no entry. One
   * query. Whether there is such a person is not asked of an id.
   */
  async idsOf(work: UnitOfWork, names: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const codes = new Map(names.filter(name => !isId(name)).map(name => [name, readPersonCode(name)]));
    const known = await this.store.personIdsOfCodes(
      work,
      [...codes.values()].flatMap(code => code ?? []),
    );
    return new Map(
      names.flatMap((name): [string, string][] => {
        const id = isId(name) ? name : known.get(codes.get(name) ?? '');
        return id ? [[name, id]] : [];
      }),
    );
  }

  /** The people a citizen's account acts for, first linked first. */
  async peopleOf(
    ctx: Context,
    work: UnitOfWork,
    accountId: string,
  ): Promise<(PersonRecord & { relation: Relation })[]> {
    const rows = await this.store.peopleOf(work, accountId);
    return rows.map(row => ({ ...asRecord(ctx, row), relation: row.relation }));
  }
}

const asRecord = (ctx: Context, row: PersonRow): PersonRecord => ({
  place: ctx.actor.id && row.accountIds.includes(ctx.actor.id) ? { accountId: ctx.actor.id } : {},
  ...row,
});

/**
 * Whether the caller may do something about this person, by any of `permissions`. A citizen: for the people her
 * account acts for. Staff: for every person of the country, from where they were given the permission, because people
 * are vaccinated where they happen to be; `at` is where the member of staff stands, when the caller says so.
 * What limits staff is how a person is found, the purpose they state and the audit.
 * Throws FORBIDDEN (UNAUTHENTICATED) for a caller who holds no such permission at all or not `at` that place, and
 * NOT_FOUND for somebody else's person.
 */
export function mayFor(
  ctx: Context,
  permissions: Permission | readonly Permission[],
  person: Pick<PersonRecord, 'accountIds'>,
  at?: Place,
): void {
  const asked: readonly Permission[] = typeof permissions === 'string' ? [permissions] : permissions;
  if (asked.some(permission => isAllowedFor(ctx, permission, person, at))) return;
  const held = asked.find(permission => reachesOf(ctx, permission).length > 0);
  if (!held) mayAnywhere(ctx, asked[0]!);
  else if (at && isStaffReach(ctx, held)) may(ctx, held, at);
  throw notFound();
}

function isAllowedFor(
  ctx: Context,
  permission: Permission,
  person: Pick<PersonRecord, 'accountIds'>,
  at: Place | undefined,
): boolean {
  if (person.accountIds.some(accountId => isAllowed(ctx, permission, { accountId }))) return true;
  return at ? isAllowed(ctx, permission, at) : ctx.actor.kind === 'system' || isStaffReach(ctx, permission);
}

const isStaffReach = (ctx: Context, permission: Permission): boolean =>
  reachesOf(ctx, permission).some(reach => reach.kind !== 'self');
