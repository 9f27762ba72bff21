import { Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { SealTrail } from '../audit';
import { CONFIG, type Config } from '../platform/config';
import { LOGGER, type Logger } from '../platform/logging';
import { Rounds } from '../tenancy';

/** Seconds that an entry may stand unsealed: whoever changes it before then is not found out. */
export const SEALED_WITHIN = 30;

/** Seals the trail of the platform and of every country, again and again. */
@Injectable()
export class KeepTrailsSealed implements OnApplicationBootstrap {
  constructor(
    private readonly seals: SealTrail,
    private readonly rounds: Rounds,
    @Inject(CONFIG) private readonly config: Config,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  onApplicationBootstrap(): void {
    const fault = 'the audit could not be sealed';
    this.rounds.add({ seconds: SEALED_WITHIN, fault, platformToo: true, run: ctx => this.seals.run(ctx) });
    if (this.config.role !== 'api' && !this.config.sandbox && !this.config.auditHeadsFolder)
      this.logger.warn(
        'TIKASETU_AUDIT_HEADS_DIR is not set: nobody outside the database can tell that the audit was cut',
      );
  }
}
