import { Injectable } from '@nestjs/common';
import { may } from '../../platform/access';
import type { Context } from '../../platform/context';
import { type PackFile, packHash, readPack } from '../country-pack';
import type { CountryPackDrafted, CountryPackRefused } from '../country-pack.graphql';
import { DraftStates } from './draft-states';
import { FaultWords } from './fault-words';
import { obstaclesOf } from './pack-findings';

/**
 * Takes in the files of a country pack as a draft. It is read whole or not at all: every fault of every file comes back
 * with file, line and reason; a schedule that contradicts itself or does not answer its own golden cases is a fault too.
 * Nothing is in force until two people have published it.
 */
@Injectable()
export class DraftPack {
  constructor(
    private readonly states: DraftStates,
    private readonly words: FaultWords,
  ) {}

  async run(
    ctx: Context,
    input: { files: readonly PackFile[] },
  ): Promise<CountryPackDrafted | CountryPackRefused> {
    may(ctx, 'pack.draft');
    const reading = readPack(input.files);
    if (!reading.pack) return this.words.refused(ctx, reading);
    const { pack } = reading;
    const { country } = pack.profile;
    if (country !== ctx.tenant?.country) return this.words.wrongCountry(ctx, country);
    const obstacles = obstaclesOf(pack);
    if (obstacles.lint.length > 0) return this.words.obstructed(ctx, { ...obstacles, golden: [] });
    if (obstacles.golden.length > 0) return this.words.obstructed(ctx, obstacles);
    return this.states.begin(ctx, { pack, hash: packHash(pack), baseId: null });
  }
}
