import { Injectable } from '@nestjs/common';
import { mayAnywhere } from '../../platform/access';
import type { Context } from '../../platform/context';
import { Coalescer, mustBeWritable } from '../../platform/database';
import { AppError } from '../../platform/errors';
import type { Refusal } from '../../platform/graphql';
import type { Vaccination } from '../vaccination.graphql';
import { DoseRefusals } from '../vaccinations.refusals';
import { type DoseCall, keysOf, type RecordVaccinationInput } from './dose-call';
import { permissionFor } from './judge-dose';
import { type DoseAnswer, RecordDoses } from './record-doses';

/** A dose was given. Doses recorded at the same moment share a transaction; each has its own answer. */
@Injectable()
export class RecordVaccination {
  private readonly together: Coalescer<DoseCall, DoseAnswer>;

  constructor(
    doses: RecordDoses,
    private readonly refusals: DoseRefusals,
  ) {
    this.together = new Coalescer({
      run: calls => doses.run(calls),
      keysOf,
      neverStill: () => new AppError('CONFLICT'),
    });
  }

  /** Throws NOT_FOUND for no such person or facility, FORBIDDEN where the caller may not record. */
  async run(ctx: Context, input: RecordVaccinationInput): Promise<Vaccination | Refusal> {
    mayAnywhere(ctx, permissionFor({ ctx, input }));
    const answer = await this.together.submit(ctx.tenant!.code, { ctx, input });
    if ('refusal' in answer) return answer.refusal;
    return 'made' in answer ? answer.made : answer.earlier;
  }

  /**
   * {@link run} of several, each with its own answer: what would be an error of one is told of it alone. Throws
   * TENANT_READ_ONLY, which would be one of all.
   */
  async all(
    ctx: Context,
    inputs: readonly RecordVaccinationInput[],
  ): Promise<{ idempotencyKey: string; result: object }[]> {
    mustBeWritable(ctx);
    return Promise.all(
      inputs.map(async input => ({
        idempotencyKey: input.idempotencyKey,
        result: await this.run(ctx, input).catch(error => this.refusals.notTaken(ctx, error)),
      })),
    );
  }
}
