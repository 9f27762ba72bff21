import { Injectable } from '@nestjs/common';
import { addTo, byOurClock, type CivilDate, civilDayOf } from '../../common';
import { civilNow } from '../../facilities';
import { mayAnywhere } from '../../platform/access';
import type { Context } from '../../platform/context';
import type { Outcome, UnitOfWork } from '../../platform/database';
import { AppError } from '../../platform/errors';
import { Programmes } from '../../programmes';
import { KeepPending, type Told } from '../backlog/keep-pending';
import type { Decision, DoseCall, RecordVaccinationInput } from '../recording/dose-call';
import type { DoseAnswer } from '../recording/record-doses';
import { TakeDoses } from '../recording/take-doses';
import { DoseRefusals, DuplicateSuspected } from '../vaccinations.refusals';
import { contentOf, faultOf, type OfflineDose, USUAL_OFFLINE_RULE } from './offline-rules';
import { type DoseSync, type SyncedDose, SyncOutcome } from './sync.graphql';

export interface SyncDosesInput {
  deviceId: string;
  deviceTime: Date;
  doses: readonly OfflineDose[];
}

/** A dose of a device, and the call that it is. */
interface FromDevice {
  dose: OfflineDose;
  /** By our clock. */
  givenAt: Date;
  call: DoseCall;
  told: Told;
  pendingId: string | null;
}

/**
 * Takes in what a clinic recorded while it was offline. Each dose has its own answer, and the same one however often,
 * in whatever order and in whatever parts the device sends them. What is not recorded is pending.
 */
@Injectable()
export class SyncDoses {
  constructor(
    private readonly programmes: Programmes,
    private readonly take: TakeDoses,
    private readonly pending: KeepPending,
    private readonly refusals: DoseRefusals,
  ) {}

  /** Throws FORBIDDEN for a caller who records nowhere; where she may not, the dose alone is refused. */
  async run(ctx: Context, input: SyncDosesInput): Promise<DoseSync> {
    mayAnywhere(ctx, 'vaccination.record');
    const rule = (await this.programmes.current(ctx)).pack.offline ?? USUAL_OFFLINE_RULE;
    const receivedAt = ctx.now();
    const rows = input.doses.map(dose => fromDevice(ctx, input, dose, receivedAt, rule));
    const inOrder = [...rows].sort(byTime);
    const byCall = new Map(rows.map(row => [row.call, row]));
    const outcomes = await this.take.run(
      inOrder.map(({ call }) => call),
      (work, calls, decisions) =>
        this.keep(
          work,
          calls.map((call, index) => ({ row: byCall.get(call)!, decision: decisions[index]! })),
        ),
    );
    const answers = new Map(inOrder.map((row, index) => [row, this.answer(ctx, row, outcomes[index]!)]));
    const offset = receivedAt.getTime() - input.deviceTime.getTime();
    return {
      receivedAt,
      clockOffsetSeconds: Math.max(-MOST_SECONDS, Math.min(MOST_SECONDS, Math.round(offset / 1000))),
      doses: rows.map(row => answers.get(row)!),
    };
  }

  private async keep(
    work: UnitOfWork,
    decided: readonly { row: FromDevice; decision: Decision }[],
  ): Promise<void> {
    const ids = await this.pending.run(
      work,
      'OFFLINE',
      decided.map(({ row: { call, told }, decision }) => ({ call, told, decision })),
    );
    decided.forEach(({ row }, index) => (row.pendingId = ids[index]!));
  }

  private answer(ctx: Context, row: FromDevice, outcome: Outcome<DoseAnswer>): SyncedDose {
    const { pendingId, dose } = row;
    const said = (is: SyncOutcome, result: object): SyncedDose => ({
      clientId: dose.clientId,
      outcome: is,
      result,
      pendingId,
    });
    if ('answer' in outcome) {
      const { answer } = outcome;
      if ('made' in answer) return new RecordedNow(dose.clientId, answer);
      if ('earlier' in answer) return said(SyncOutcome.ALREADY_RECORDED, answer.earlier);
      const twice = answer.refusal instanceof DuplicateSuspected;
      return said(twice ? SyncOutcome.DUPLICATE_SUSPECTED : SyncOutcome.REFUSED, answer.refusal);
    }
    const error = 'error' in outcome ? outcome.error : new AppError('CONFLICT');
    const conflict = error instanceof AppError && error.code === 'IDEMPOTENCY_KEY_REUSED';
    return said(
      conflict ? SyncOutcome.CONFLICT : SyncOutcome.REFUSED,
      this.refusals.notTaken(ctx, error, INPUT_NAMES),
    );
  }
}

/** A dose that is recorded now and pending no more. */
class RecordedNow implements SyncedDose {
  readonly outcome = SyncOutcome.RECORDED;
  readonly pendingId = null;

  constructor(
    readonly clientId: string,
    private readonly answer: { readonly made: object },
  ) {}

  get result(): object {
    return this.answer.made;
  }
}

/** The largest number that an Int of GraphQL holds. */
const MOST_SECONDS = 2 ** 31 - 1;

/** What a device calls what recording calls otherwise. */
const INPUT_NAMES: Readonly<Record<string, string>> = { idempotencyKey: 'clientId', givenOn: 'givenAt' };

function fromDevice(
  ctx: Context,
  { deviceId, deviceTime }: SyncDosesInput,
  dose: OfflineDose,
  receivedAt: Date,
  rule: { entryDays: number; duplicateDays: number },
): FromDevice {
  const givenAt = byOurClock(dose.givenAt, deviceTime, receivedAt);
  const fault = faultOf(dose, givenAt, receivedAt);
  const givenOn = fault ? null : civilDayOf(givenAt, ctx.tenant!.timeZone);
  const { clientId, distinct } = dose;
  const content = contentOf(dose);
  const call: DoseCall = {
    ctx,
    input: asInput(dose, givenOn),
    past: {
      keyOwner: `device:${deviceId}`,
      request: content,
      permission: 'vaccination.record',
      givenAt,
      notBefore: daysBefore(civilNow(ctx).date, rule.entryDays),
      secondPerson: false,
      fault: fault && new AppError('INVALID_INPUT', {}, [fault]),
      duplicateDays: distinct ? null : rule.duplicateDays,
      device: {
        deviceId,
        clientId,
        deviceGivenAt: dose.givenAt,
        givenAt,
        distinctReason: dose.distinctReason,
      },
    },
  };
  return { dose, givenAt, call, told: { clientId, content, givenOn }, pendingId: null };
}

/** Named one by one, and no copy of what a device sent: decision 0045. */
const asInput = (dose: OfflineDose, givenOn: CivilDate | null): RecordVaccinationInput => ({
  idempotencyKey: dose.clientId,
  personId: dose.personId,
  facilityId: dose.facilityId,
  sessionId: dose.sessionId ?? undefined,
  lotId: dose.lotId,
  givenOn,
  vaccinatorId: dose.vaccinatorId ?? undefined,
  site: dose.site,
  route: dose.route,
  presence: dose.presence,
  presenceReason: dose.presenceReason,
  clinicalReason: dose.clinicalReason,
});

/** Those of one moment by what the device calls them: the order of sending plays no part. */
const byTime = (a: FromDevice, b: FromDevice): number =>
  a.givenAt.getTime() - b.givenAt.getTime() || (a.dose.clientId < b.dose.clientId ? -1 : 1);

const daysBefore = (day: CivilDate, days: number): CivilDate => addTo(day, { months: 0, days: -days });
