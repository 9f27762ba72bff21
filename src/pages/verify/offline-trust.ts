import { Inject, Injectable } from '@nestjs/common';
import { TrustBundles } from '../../certificates';
import type { PublicJwk } from '../../codecs/trust-bundle';
import type { Context } from '../../platform/context';
import { type Logger, LOGGER } from '../../platform/logging';
import { Catalogue } from '../../tenancy';
import type { Visit } from '../visit';

/** What the verify page checks certificates by without a network: one country's on its page, all on the page of all. */
@Injectable()
export class OfflineTrust {
  constructor(
    private readonly made: TrustBundles,
    private readonly catalogue: Catalogue,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  bundles(visit: Visit): Promise<string[]> {
    return this.ofEach(visit, ctx => this.made.signed(ctx));
  }

  async signers(visit: Visit): Promise<PublicJwk[]> {
    return (await this.ofEach(visit, ctx => this.made.signersOf(ctx))).flat();
  }

  /** A country that cannot be asked now is left out: the others' certificates are verified all the same. */
  private async ofEach<T>({ ctx, tenant }: Visit, ask: (ctx: Context) => Promise<T>): Promise<T[]> {
    const tenants = tenant ? [tenant] : await this.catalogue.served();
    const answers = await Promise.allSettled(tenants.map(one => ask({ ...ctx, tenant: one })));
    return answers.flatMap((answer, at) => {
      if (answer.status === 'fulfilled') return [answer.value];
      this.logger.warn({ err: answer.reason, tenant: tenants[at]!.code }, 'no trust bundle');
      return [];
    });
  }
}
