import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../../audit';
import { mayAnywhere } from '../../platform/access';
import type { Context } from '../../platform/context';
import { Database, once, type UnitOfWork } from '../../platform/database';
import { invalid, notFound } from '../../platform/errors';
import { Texts } from '../../platform/i18n';
import { ConsignmentsStore } from '../consignments/consignments.store';
import { unitCode } from '../../codecs/unit-codes';
import { type HandoverProof, isSecret, MOST_WRONG_GUESSES } from './door-rules';
import { HandoverSecretRight, HandoverSecretWrong } from './door.graphql';
import { DoorsStore } from './doors.store';
import { HandoverSecrets } from './handover-secrets';

export interface CheckHandoverInput {
  idempotencyKey: string;
  unit: string;
  kind: HandoverProof;
  secret: string;
}

/** What `once` keeps of a guess that was right, or was not compared any more; a wrong one is kept by its own id. */
const RIGHT = 'right';
const VOID = 'void';

/** Whoever stands at the door with a connection asks first whether the secret is right. Wrong guesses are counted. */
@Injectable()
export class CheckHandover {
  constructor(
    private readonly database: Database,
    private readonly consignments: ConsignmentsStore,
    private readonly store: DoorsStore,
    private readonly secrets: HandoverSecrets,
    private readonly audit: AuditTrail,
    private readonly texts: Texts,
  ) {}

  /** Throws NOT_FOUND for a unit that is no consignment, INVALID_INPUT for a proof without a secret. */
  async run(ctx: Context, input: CheckHandoverInput): Promise<HandoverSecretRight | HandoverSecretWrong> {
    mayAnywhere(ctx, 'scan.capture');
    const { kind, secret, idempotencyKey } = input;
    if (!isSecret(kind)) throw invalid('kind', 'delivery.scanFault.PROOF');
    const read = unitCode(input.unit);
    if ('fault' in read) throw notFound();
    const unit = read.code;
    // A stored hash of six digits would be six digits: the request is known by the rest.
    const request = { unit, kind, secret: secret.length };
    return this.database.write(ctx, async work => {
      // Locked, so that many guesses at one moment are counted one by one.
      if (!(await this.consignments.lock(work, unit))) throw notFound();
      const { id } = (await once(ctx, work, idempotencyKey, request, async () => {
        const answer = await this.compare(ctx, work, unit, input);
        this.audit.record(ctx, work, {
          action: 'consignment.check-secret',
          resource: { type: 'consignment', id: unit },
          detail: { right: answer === RIGHT },
        });
        return answer;
      }))!;
      if (id === RIGHT) return Object.assign(new HandoverSecretRight(), { unit });
      return this.wrong(ctx, Math.max(0, MOST_WRONG_GUESSES - (await this.store.wrongGuesses(work, unit))));
    });
  }

  private async compare(
    ctx: Context,
    work: UnitOfWork,
    unit: string,
    { kind, secret }: CheckHandoverInput,
  ): Promise<string> {
    if ((await this.store.wrongGuesses(work, unit)) >= MOST_WRONG_GUESSES) return VOID;
    if (await this.secrets.matches(ctx, unit, kind, secret)) return RIGHT;
    return this.store.addWrongGuess(ctx, work, unit);
  }

  private wrong(ctx: Context, guessesLeft: number): HandoverSecretWrong {
    return Object.assign(new HandoverSecretWrong(), {
      guessesLeft,
      message: this.texts.say(ctx, 'delivery.handoverSecretWrong', { guessesLeft }),
    });
  }
}
