import { Injectable } from '@nestjs/common';
import { CompactSign } from 'jose';
import { AuditTrail } from '../../audit';
import { civilNow } from '../../facilities';
import { Guesses } from '../../platform/access';
import type { Context } from '../../platform/context';
import { Database, type UnitOfWork } from '../../platform/database';
import { Texts } from '../../platform/i18n';
import { Programmes } from '../../programmes';
import { Persons } from '../../registry';
import { Doses, enginePerson } from '../../vaccinations';
import { ExclusionsStore } from '../revoking/exclusions.store';
import { SigningKeys } from '../signing/signing-keys';
import { readStatusCode } from './status-code-rules';
import { CheckedStatus, StatusCodeUnknown } from './status.graphql';
import { type StatusConsentRow, StatusConsentsStore } from './status-consents.store';
import { isInForce } from './status-views';
import { type VaccinationStatus, vaccinationStatus } from './vaccination-status-rules';

export interface CheckStatusInput {
  code: string;
  checker: string;
}

/** Of a network in a quarter of an hour. */
const GUESSES = 600;

/**
 * Somebody whom a person gave a code asks how far she is: one word, signed, and neither name nor doses. Each use is kept
 * with the name that the checker gave, and the person sees it. For everybody: the code is the permission.
 */
@Injectable()
export class CheckStatus {
  private readonly guesses = new Guesses(GUESSES);

  constructor(
    private readonly database: Database,
    private readonly store: StatusConsentsStore,
    private readonly persons: Persons,
    private readonly doses: Doses,
    private readonly exclusions: ExclusionsStore,
    private readonly programmes: Programmes,
    private readonly signingKeys: SigningKeys,
    private readonly texts: Texts,
    private readonly audit: AuditTrail,
  ) {}

  /**
   * An unknown code, one whose time is over and one that was ended are answered alike. Throws RATE_LIMITED for a network
   * that has tried too many.
   */
  run(ctx: Context, { code, checker }: CheckStatusInput): Promise<CheckedStatus | StatusCodeUnknown> {
    this.guesses.mustBeFew(ctx);
    return this.database.write(ctx, async work => {
      const read = readStatusCode(code);
      const consent = read && (await this.store.ofCode(work, read));
      if (!consent || !isInForce(consent, ctx.now())) return this.unknown(ctx);
      const status = await this.statusOf(ctx, work, consent);
      await this.store.addCheck(ctx, work, consent, { checker, status });
      this.audit.record(ctx, work, {
        action: 'certificate.check-status',
        resource: { type: 'status-consent', id: consent.id },
        personId: consent.personId,
        detail: { status },
      });
      const { vaccineGroup, expiresAt } = consent;
      const told = { vaccineGroup, status, checkedAt: ctx.now(), expiresAt };
      const message = this.texts.say(ctx, `certificates.status.${status}`);
      const signed = await this.signed(ctx, work, { ...told, checker });
      return Object.assign(new CheckedStatus(), { ...told, message, signed });
    });
  }

  /** Doses that are certified no more do not count here either. */
  private async statusOf(
    ctx: Context,
    work: UnitOfWork,
    { personId, vaccineGroup }: StatusConsentRow,
  ): Promise<VaccinationStatus> {
    const { schedule } = await this.programmes.current(ctx);
    const person = await this.persons.byId(ctx, work, personId);
    const excluded = await this.exclusions.ofPerson(work, personId);
    const given = await this.doses.ofPerson(ctx, work, personId);
    const on = civilNow(ctx).date;
    const counted = given.filter(({ id }) => !excluded.has(id));
    return vaccinationStatus(schedule, enginePerson(person, counted, on).person, vaccineGroup, on);
  }

  private async signed(
    ctx: Context,
    work: UnitOfWork,
    told: { vaccineGroup: string; status: string; checkedAt: Date; expiresAt: Date; checker: string },
  ): Promise<string> {
    const { privateKey, thumbprint } = await this.signingKeys.signer(ctx, work);
    const claims = {
      iss: ctx.tenant!.country,
      iat: Math.floor(told.checkedAt.getTime() / 1000),
      exp: Math.floor(told.expiresAt.getTime() / 1000),
      aud: told.checker,
      vaccineGroup: told.vaccineGroup,
      status: told.status,
    };
    return new CompactSign(new TextEncoder().encode(JSON.stringify(claims)))
      .setProtectedHeader({ alg: 'ES256', kid: thumbprint, typ: 'vaccination-status+jwt' })
      .sign(privateKey);
  }

  private unknown(ctx: Context): StatusCodeUnknown {
    this.guesses.count(ctx);
    const message = this.texts.say(ctx, 'certificates.refusal.statusCodeUnknown');
    return Object.assign(new StatusCodeUnknown(), { message });
  }
}
