import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../../audit';
import { isId } from '../../common';
import { Places } from '../../facilities';
import { may, mayAnywhere } from '../../platform/access';
import type { Context } from '../../platform/context';
import { Database, type UnitOfWork } from '../../platform/database';
import { AppError, invalid, notFound } from '../../platform/errors';
import type { Refusal } from '../../platform/graphql';
import { Programmes } from '../../programmes';
import { contentOf, type OfflineDose, USUAL_OFFLINE_RULE } from '../offline/offline-rules';
import type { Decision, DoseCall, PastDose, RecordVaccinationInput } from '../recording/dose-call';
import { TakeDoses } from '../recording/take-doses';
import type { Vaccination } from '../vaccination.graphql';
import type { RecordPendingDoseGraphqlInput } from './backlog.graphql';
import { KeepPending } from './keep-pending';
import { isUnclear, PaperCalls } from './paper/paper-calls';
import { PaperStore } from './paper/paper.store';
import { type PendingRow, PendingStore } from './pending.store';

const RECORD = 'vaccination.record-late';

/** What was told, as far as it can be read, and what its key stands for: the same as when it was told. */
interface AsTold {
  input: Partial<RecordVaccinationInput>;
  request: unknown;
}

/**
 * What stood against a pending dose was mended: it is recorded as a late entry, with every check that a dose which is
 * told later has. What was told wrongly is said anew. Under the key that it was told with: told again it is the same dose.
 */
@Injectable()
export class RecordPending {
  constructor(
    private readonly database: Database,
    private readonly places: Places,
    private readonly store: PendingStore,
    private readonly paper: PaperStore,
    private readonly calls: PaperCalls,
    private readonly programmes: Programmes,
    private readonly pending: KeepPending,
    private readonly take: TakeDoses,
    private readonly audit: AuditTrail,
  ) {}

  /**
   * Recorded before, it is the dose that it was recorded as. Throws NOT_FOUND, CONFLICT when it was dismissed,
   * INVALID_INPUT for what is missing or cannot be: it stays pending.
   */
  async run(ctx: Context, input: RecordPendingDoseGraphqlInput): Promise<Vaccination | Refusal> {
    mayAnywhere(ctx, RECORD);
    const { pack } = await this.programmes.current(ctx);
    const { row, told } = await this.database.read(ctx, async work => {
      may(ctx, RECORD, await this.places.of(work, input.facilityId));
      const found = await this.store.pending(work, input.facilityId, input.pendingId);
      if (!found) throw notFound();
      if (found.state === 'DISMISSED') throw new AppError('CONFLICT');
      return { row: found, told: await this.asTold(ctx, work, found) };
    });
    const rule = pack.offline ?? USUAL_OFFLINE_RULE;
    const call = callOf(ctx, input, row, told, rule.duplicateDays);
    const [outcome] = await this.take.run([call], (work, [taken], [decision]) =>
      this.keep(work, row, taken!, decision!),
    );
    if ('error' in outcome!) throw outcome.error;
    if ('again' in outcome!) throw new AppError('CONFLICT');
    const { answer } = outcome!;
    if ('refusal' in answer) return answer.refusal;
    return 'made' in answer ? answer.made : answer.earlier;
  }

  private asTold(ctx: Context, work: UnitOfWork, row: PendingRow): Promise<AsTold> | AsTold {
    if (row.source === 'PAPER') return this.onPaper(ctx, work, row);
    const dose = row.content as unknown as OfflineDose;
    const { personId, lotId, sessionId, vaccinatorId, site, route } = dose;
    const { presence, presenceReason, clinicalReason } = dose;
    const said = { personId, lotId, sessionId, vaccinatorId, site, route };
    return {
      input: { ...said, presence, presenceReason, clinicalReason, givenOn: row.givenOn },
      request: contentOf({ ...dose, givenAt: new Date(dose.givenAt) }),
    };
  }

  /** Of a row that nobody could read, or that two read otherwise, nothing is taken for granted. */
  private async onPaper(ctx: Context, work: UnitOfWork, row: PendingRow): Promise<AsTold> {
    const batchId = row.toldBy.slice(row.toldBy.indexOf(':') + 1);
    const batch = (await this.paper.batch(work, row.facilityId, batchId))!;
    const after = Number(row.content.line) - 1;
    const [line] = await this.paper.rowsAfter(work, batch, { state: null, after }, 1);
    const presence = { presence: 'OVERRIDE', presenceReason: batch.register } as const;
    if (isUnclear(line!)) return { input: presence, request: line!.cells };
    const [call] = await this.calls.of(ctx, work, batch, [line!]);
    return { input: call!.input, request: line!.cells };
  }

  private async keep(work: UnitOfWork, row: PendingRow, call: DoseCall, decision: Decision): Promise<void> {
    const told = { clientId: row.clientId, content: row.content, givenOn: row.givenOn };
    await this.pending.run(work, row.source, [{ call, told, decision }]);
    if (!('dose' in decision)) return;
    const { ctx } = call;
    const { facilityId, id: pendingId } = row;
    const { id: vaccinationId, personId } = decision.dose;
    if (row.source === 'PAPER') {
      const settled = { line: Number(row.content.line), vaccinationId, pendingId };
      const id = row.toldBy.slice(row.toldBy.indexOf(':') + 1);
      await this.paper.settle(work, { facilityId, id }, [settled]);
    }
    this.audit.record(ctx, work, {
      action: 'backlog.record',
      resource: { type: 'pending-dose', id: pendingId },
      facilityId,
      personId,
      detail: { cause: row.cause },
    });
  }
}

function callOf(
  ctx: Context,
  asked: RecordPendingDoseGraphqlInput,
  row: PendingRow,
  { input: told, request }: AsTold,
  duplicateDays: number,
): DoseCall {
  const { reason, presenceReason } = asked;
  const input = {
    ...told,
    personId: needed('personId', asked.personId ?? told.personId),
    lotId: needed('lotId', asked.lotId ?? told.lotId),
    givenOn: needed('givenOn', asked.givenOn ?? told.givenOn),
    vaccinatorId: asked.vaccinatorId ?? told.vaccinatorId ?? null,
    presence: presenceReason ? ('OVERRIDE' as const) : told.presence!,
    presenceReason: presenceReason ?? told.presenceReason ?? null,
    lateReason: reason,
    facilityId: row.facilityId,
    idempotencyKey: row.clientId,
  };
  const past: PastDose = {
    request,
    keyOwner: row.toldBy,
    permission: RECORD,
    givenAt: null,
    notBefore: null,
    secondPerson: true,
    fault: null,
    duplicateDays: asked.distinct ? null : duplicateDays,
  };
  return { ctx, input, past };
}

/** What a dose must have and the telling of it lacks is for the caller to say. */
function needed(path: string, value: string | null | undefined): string {
  if (!value || (path.endsWith('Id') && !isId(value))) throw invalid(path, 'vaccinations.invalid.notTold');
  return value;
}
