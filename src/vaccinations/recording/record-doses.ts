import { Injectable } from '@nestjs/common';
import { Attendance, VisitsOfDoses } from '../../appointments';
import { AuditTrail } from '../../audit';
import { isId, startOfDay } from '../../common';
import { civilNow, Places } from '../../facilities';
import { IdentityStore } from '../../identity';
import { type Lot, type Shelf, Stock } from '../../inventory';
import { isAllowed } from '../../platform/access';
import type { Context } from '../../platform/context';
import {
  answeredBefore,
  Database,
  isBadData,
  keepAnswers,
  type Outcome,
  type UnitOfWork,
} from '../../platform/database';
import { Outbox } from '../../platform/events';
import type { Refusal } from '../../platform/graphql';
import { type Programme, Programmes } from '../../programmes';
import { Persons } from '../../registry';
import { PendingStore } from '../backlog/pending.store';
import { HistoryMoved } from '../history-moved';
import { ReadVaccinations } from '../read-vaccinations';
import { Vaccination } from '../vaccination.graphql';
import { doseRecorded } from '../vaccinations.events';
import { VaccinationsStore } from '../vaccinations.store';
import {
  asRequest,
  type Decision,
  type DoseCall,
  type Known,
  type NewDose,
  otherVaccinator,
  withPlainIds,
} from './dose-call';
import { JudgeDose, permissionFor } from './judge-dose';
import { PresenceCheck } from './presence';

/** The dose that a call made, now or when it was sent before; or why there is none. */
export type DoseAnswer = { readonly made: Vaccination } | { earlier: Vaccination } | { refusal: Refusal };

/** What else is written with the decisions, in their transaction. */
export type Alongside = (
  work: UnitOfWork,
  calls: readonly DoseCall[],
  decisions: readonly Decision[],
) => Promise<void>;

type Given = DoseCall & Extract<Decision, { dose: object }>;

/**
 * Records doses of one country: of lots that lie there, to people who were there, that the schedule counts. What
 * decides is read for all of them at once, each is decided by itself, and the doses, stock, audit and announcements
 * are committed together. Nothing is written when a history or a lot moved meanwhile: whoever sent the calls sends
 * them again.
 */
@Injectable()
export class RecordDoses {
  constructor(
    private readonly database: Database,
    private readonly store: VaccinationsStore,
    private readonly persons: Persons,
    private readonly places: Places,
    private readonly programmes: Programmes,
    private readonly staff: IdentityStore,
    private readonly stock: Stock,
    private readonly judge: JudgeDose,
    private readonly presence: PresenceCheck,
    private readonly attendance: Attendance,
    private readonly visits: VisitsOfDoses,
    private readonly read: ReadVaccinations,
    private readonly pending: PendingStore,
    private readonly audit: AuditTrail,
    private readonly outbox: Outbox,
  ) {}

  /** The calls are of one tenant; no two of them share a key of `keysOf`. */
  async run(sent: readonly DoseCall[], alongside?: Alongside): Promise<Outcome<DoseAnswer>[]> {
    const calls = sent.map(withPlainIds);
    const { ctx } = calls[0]!;
    const programme = await this.programmes.current(ctx);
    try {
      return await this.database.write(ctx, async work => {
        const known = await this.known(work, programme, calls);
        const decisions = calls.map(call => this.judge.decide(work, call, known));
        await this.write(work, known, calls, decisions);
        await alongside?.(work, sent, decisions);
        return this.answers(work, calls, programme, decisions);
      });
    } catch (error) {
      if (error instanceof HistoryMoved) return calls.map(() => ({ again: true }));
      throw error;
    }
  }

  /** Keeps what is said of a call that cannot be stored; its error. */
  async giveUp(call: DoseCall, error: unknown, alongside: Alongside): Promise<{ error: unknown }> {
    const { ctx, input } = withPlainIds(call);
    await this.database
      .write(ctx, async work => {
        const place = (await this.places.ofAll(work, [input.facilityId])).get(input.facilityId);
        const allowed = place !== undefined && isAllowed(ctx, permissionFor(call), place);
        await alongside(work, [call], [{ error, allowed }]);
      })
      .catch(again => {
        if (!isBadData(again)) throw again;
      });
    return { error };
  }

  private async known(work: UnitOfWork, programme: Programme, calls: readonly DoseCall[]): Promise<Known> {
    const sound = calls.filter(({ input }) => hasIds(input));
    const inputs = sound.map(({ input }) => input);
    const personIds = inputs.map(({ personId }) => personId);
    const others = calls.flatMap(call => otherVaccinator(call) ?? []).filter(isId);
    const visits = sound.flatMap(({ input: { sessionId, facilityId, personId }, past }) =>
      sessionId ? [{ facilityId, sessionId, personId, offline: past !== undefined }] : [],
    );
    const [places, persons, histories, staff, presence, shelf, answered] = await Promise.all([
      this.places.ofAll(
        work,
        calls.map(({ input }) => input.facilityId),
      ),
      this.persons.ofIds(work, personIds),
      this.store.historiesOf(work, personIds),
      others.length > 0 ? this.staff.staffAmong(work, others) : new Set<string>(),
      this.presence.known(work, visits),
      this.stock.shelf(work, inputs),
      answeredBefore(work, calls.map(asRequest)),
    ]);
    if (inputs.some(input => isOfUnknownProduct(programme, shelf.find(input.facilityId, input.lotId).here))) {
      this.programmes.forget(calls[0]!.ctx); // a pack came into force a moment ago
      throw new HistoryMoved();
    }
    return { programme, places, persons, histories, staff, presence, shelf, answered };
  }

  /**
   * Doses and what goes with them, in one packet. The doses before the stock: a lot that everybody draws from is locked the
   * shortest.
   */
  private async write(
    work: UnitOfWork,
    { programme, shelf }: Known,
    calls: readonly DoseCall[],
    decisions: readonly Decision[],
  ): Promise<void> {
    const given: Given[] = [];
    decisions.forEach((decision, index) => {
      const { ctx, input, past } = calls[index]!;
      if (!('dose' in decision)) return;
      const { dose, history, weighed } = decision;
      given.push({ ctx, input, past, dose, history, weighed }); // no spread: decision 0045
    });
    if (given.length === 0) return;
    const written = await Promise.all([
      this.store.addAll(
        work,
        given.map(({ dose, history, past }) => ({ dose, facts: history.facts, device: past?.device })),
      ),
      this.stock.drawAll(
        work,
        given.map(one => drawOf(one, shelf)),
      ),
      keepAnswers(
        work,
        given.map(call => ({ resultId: call.dose.id, ...asRequest(call) })),
      ),
      this.attendance.completed(
        work,
        given.flatMap(({ ctx, dose: { sessionId, facilityId, personId }, past }) =>
          sessionId ? [{ facilityId, sessionId, personId, at: ctx.now(), offline: past !== undefined }] : [],
        ),
      ),
      this.visits.given(work, given.map(visitOf), programme.pack.observation),
    ]);
    if (written.includes(false)) throw new HistoryMoved();
    for (const one of given) this.tell(work, one);
  }

  private tell(work: UnitOfWork, { ctx, dose, weighed, past }: Given): void {
    const { personId, facilityId, id } = dose;
    this.audit.record(ctx, work, {
      action: 'vaccination.record',
      resource: { type: 'vaccination', id },
      personId,
      facilityId,
      detail: {
        presence: dose.presence,
        late: dose.lateReason !== null,
        againstSchedule: weighed.objection?.kind ?? null,
        toldBy: past?.keyOwner,
      },
    });
    this.outbox.announce(ctx, work, doseRecorded, personId, {
      personId,
      vaccinationId: id,
      facilityId,
    });
  }

  private async answers(
    work: UnitOfWork,
    calls: readonly DoseCall[],
    programme: Programme,
    decisions: readonly Decision[],
  ): Promise<Outcome<DoseAnswer>[]> {
    const again = calls.filter((_, index) => 'earlierId' in decisions[index]!);
    const earlier = again.length > 0 ? await this.earlier(work, again) : null;
    return decisions.map((decision, index) => {
      const { ctx } = calls[index]!;
      if ('error' in decision) return { error: decision.error };
      if ('refusal' in decision) return { answer: decision };
      if ('dose' in decision) return { answer: new MadeNow(ctx, programme, decision.dose) };
      return { answer: { earlier: earlier!(ctx, programme, decision.earlierId) } };
    });
  }

  /** Doses that calls made when they were sent before: of whom was told, or of whom she turned out to be in the backlog. */
  private async earlier(work: UnitOfWork, calls: readonly DoseCall[]): ReturnType<ReadVaccinations['ofIds']> {
    const told = calls.flatMap(({ input: { facilityId, idempotencyKey: clientId }, past }) =>
      past ? [{ facilityId, toldBy: past.keyOwner, clientId }] : [],
    );
    const recipients =
      told.length > 0 ? await this.pending.recipients(work, told) : new Map<string, string>();
    const people = calls.map(({ input }) => input.personId).filter(isId);
    return this.read.ofIds(work, [...people, ...recipients.values()]);
  }
}

/** A dose that was made now, told as the API has it when that is asked for: a device asks only what became of it. */
class MadeNow {
  constructor(
    private readonly ctx: Context,
    private readonly programme: Programme,
    private readonly dose: NewDose,
  ) {}

  get made(): Vaccination {
    return new Vaccination(this.ctx, this.programme, { replaced: false, ...this.dose }, []);
  }
}

const isOfUnknownProduct = ({ products }: Programme, lot: Lot | null): boolean =>
  lot !== null && !products.has(lot.productCode);

/** Ids that no database would take are the fault of one call alone; it is told when it is decided. */
const hasIds = ({ personId, facilityId, lotId, sessionId }: DoseCall['input']): boolean =>
  [personId, facilityId, lotId, sessionId ?? null].every(id => id === null || isId(id));

const drawOf = ({ ctx, dose, past }: Given, shelf: Shelf) => {
  const { facilityId, lotId, id: referenceId, givenOn: on, sessionId } = dose;
  const noneOpen = shelf.find(facilityId, lotId).here!.openVials.length === 0;
  return {
    ctx,
    draw: { facilityId, lotId, doses: 1, referenceId, on, past: past !== undefined, sessionId, noneOpen },
  };
};

/** When on her visit the dose was given. Of one that is told later without its time no more is known than the day. */
function visitOf({ ctx, past, dose: { facilityId, personId, id: vaccinationId, givenOn: on } }: Given) {
  const today = on === civilNow(ctx).date;
  const at = past?.givenAt ?? (today ? ctx.now() : startOfDay(on, ctx.tenant!.timeZone));
  return { ctx, facilityId, personId, vaccinationId, on, at };
}
