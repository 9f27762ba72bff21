import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../audit';
import { may } from '../platform/access';
import type { Context } from '../platform/context';
import { Database } from '../platform/database';
import { Texts } from '../platform/i18n';
import { type CountryPack, packHash, type PackFault, type PackFile, readPack, runGolden } from './country-pack';
import { CountryPackDrafted, CountryPackFault, CountryPackRefused } from './country-pack.graphql';
import { ProgrammesStore } from './programmes.store';

/**
 * Takes in a country pack as a draft. It is read whole or not at all: every fault of every file comes back with file,
 * line and reason, and a schedule that does not answer its own golden cases is a fault too. Nothing is in force until
 * it is published.
 */
@Injectable()
export class DraftPack {
  constructor(
    private readonly database: Database,
    private readonly store: ProgrammesStore,
    private readonly audit: AuditTrail,
    private readonly texts: Texts,
  ) {}

  async run(
    ctx: Context,
    input: { files: readonly PackFile[] },
  ): Promise<CountryPackDrafted | CountryPackRefused> {
    may(ctx, 'pack.draft');
    const { pack, faults, ...rest } = readPack(input.files);
    if (!pack)
      return this.refused(
        ctx,
        faults.map(fault => this.told(ctx, fault)),
        'more' in rest ? rest.more : 0,
      );
    const wrongCountry = pack.profile.country !== ctx.tenant?.country;
    if (wrongCountry)
      return this.refused(ctx, [
        this.fault(ctx, 'pack.json', 'country', 'country-mismatch', pack.profile.country),
      ]);
    const failures = runGolden(pack);
    if (failures.length > 0) {
      const told = failures.map(failure =>
        this.fault(
          ctx,
          'golden.json',
          `${failure.name}.${failure.group}.${failure.property}`,
          'golden-case',
          `${failure.expected} ≠ ${failure.found}`,
        ),
      );
      return this.refused(ctx, told);
    }
    return this.keep(ctx, pack);
  }

  private keep(ctx: Context, pack: CountryPack): Promise<CountryPackDrafted> {
    const id = ctx.newId();
    return this.database.write(ctx, async work => {
      await this.store.addPack(ctx, work, id, packHash(pack), pack);
      this.audit.record(ctx, work, { action: 'pack.draft', resource: { type: 'country-pack', id } });
      return Object.assign(new CountryPackDrafted(), { pack: await this.store.pack(work, id) });
    });
  }

  private refused(ctx: Context, faults: CountryPackFault[], more = 0): CountryPackRefused {
    const message = this.texts.say(ctx, 'programmes.packRefused', { count: faults.length + more });
    return Object.assign(new CountryPackRefused(), { message, faults, more });
  }

  private told(ctx: Context, fault: PackFault): CountryPackFault {
    const reason = this.texts.say(ctx, `country-packs.${fault.code}`);
    const facts = Object.values(fault.params).join(', ');
    return Object.assign(new CountryPackFault(), {
      ...fault,
      reason: facts ? `${reason}: ${facts}` : reason,
    });
  }

  private fault(ctx: Context, file: string, path: string, code: string, facts: string): CountryPackFault {
    const reason = `${this.texts.say(ctx, `country-packs.${code}`)}: ${facts}`;
    return Object.assign(new CountryPackFault(), { file, line: 1, column: 1, path, code, reason });
  }
}
