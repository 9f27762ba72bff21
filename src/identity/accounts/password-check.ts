import { Injectable } from '@nestjs/common';
import type { Context } from '../../platform/context';
import { invalid } from '../../platform/errors';
import { Catalogue } from '../../tenancy';
import { BreachService } from './breach-service';
import { isKnownPassword } from './known-passwords';
import { faultOfPassword, PASSWORD_LENGTH } from './password-rules';

/** Whether somebody may have the password that she chose. `path` is the input's. */
@Injectable()
export class PasswordCheck {
  constructor(
    private readonly catalogue: Catalogue,
    private readonly breaches: BreachService,
  ) {}

  /**
   * By the rules and by what was found in breaches; never within a unit of work, since it may ask outside. Throws
   * INVALID_INPUT for a password too short, too common, made of its owner's address, or found in a breach.
   */
  async run(ctx: Pick<Context, 'tenant'>, path: string, password: string, email: string): Promise<void> {
    const fault = faultOfPassword(password, email, await this.wordsOf(ctx));
    if (fault) throw invalid(path, fault, PASSWORD_LENGTH);
    if (isKnownPassword(password) || (await this.breaches.knows(password)))
      throw invalid(path, 'validation.passwordBreached');
  }

  /** By its owner's address alone, where that is known only within a unit of work. Throws as {@link run}. */
  ofAddress(path: string, password: string, email: string): void {
    const fault = faultOfPassword(password, email);
    if (fault) throw invalid(path, fault, PASSWORD_LENGTH);
  }

  private async wordsOf({ tenant }: Pick<Context, 'tenant'>): Promise<string[]> {
    const row = tenant && (await this.catalogue.byCode(tenant.code));
    return row ? [...Object.values(row.names), ...row.hosts] : [];
  }
}
