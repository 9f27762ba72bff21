import { randomBytes } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { AuditTrail } from '../../audit';
import { type Role, SEPARATED_ROLES } from '../../platform/access';
import { CONFIG, type Config } from '../../platform/config';
import type { Context, Grant } from '../../platform/context';
import type { UnitOfWork } from '../../platform/database';
import { invalid } from '../../platform/errors';
import { Texts } from '../../platform/i18n';
import { MessageSender } from '../../platform/messaging';
import { hashOfToken } from '../../tenancy';
import { IdentityStore } from './identity.store';
import { StaffAccountEntity } from './staff-account.entity';

const DAYS_TO_ANSWER = 14;

export interface NewStaff {
  email: string;
  name: string;
  grants: readonly Grant[];
  /** Roles that a second person has yet to decide on: kept to what does not go together, and not given. */
  asked?: readonly Grant[];
}

/** An invitation made in a unit of work, to be sent once that has been committed. */
export interface PreparedInvitation {
  account: StaffAccountEntity;
  send: () => Promise<void>;
}

/**
 * Opens a staff account, or adds roles to the one that the address has. Whether the caller may give these roles
 * there is for the caller's verb to check.
 */
@Injectable()
export class OpenStaffAccount {
  constructor(
    private readonly store: IdentityStore,
    private readonly audit: AuditTrail,
    private readonly sender: MessageSender,
    private readonly texts: Texts,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /**
   * Who has no role yet is not invited: she is when she is given one. Throws INVALID_INPUT when the person would hold two
   * roles that one person must not hold.
   */
  async in(ctx: Context, work: UnitOfWork, staff: NewStaff): Promise<PreparedInvitation> {
    const email = staff.email.trim().toLowerCase();
    const known = await this.store.staffByEmail(work, email);
    const held = known ? await this.store.grantsOf(work, known.id) : [];
    checkSeparation([...held, ...staff.grants, ...(staff.asked ?? [])].map(grant => grant.role as Role));
    const account = known ?? (await this.addAccount(ctx, work, email, staff.name));
    for (const grant of staff.grants) await this.store.addGrant(ctx, work, account.id, grant);
    this.audit.record(ctx, work, {
      action: 'staff.invite',
      resource: { type: 'staff', id: account.id },
      detail: { grants: staff.grants },
    });
    const invited = account.state === 'INVITED' && held.length + staff.grants.length > 0;
    const token = invited ? await this.invite(ctx, work, account) : null;
    return { account, send: () => this.send(ctx, account, token) };
  }

  private async addAccount(
    ctx: Context,
    work: UnitOfWork,
    email: string,
    name: string,
  ): Promise<StaffAccountEntity> {
    const account = Object.assign(new StaffAccountEntity(), {
      id: ctx.newId(),
      email,
      name,
      state: 'INVITED' as const,
      passwordHash: null,
      createdAt: ctx.now(),
    });
    await this.store.addStaff(work, account);
    return account;
  }

  private async invite(ctx: Context, work: UnitOfWork, account: StaffAccountEntity): Promise<string> {
    const token = randomBytes(24).toString('base64url');
    const expiresAt = new Date(ctx.now().getTime() + DAYS_TO_ANSWER * 86_400_000);
    await this.store.addInvitation(ctx, work, account.id, hashOfToken(token), expiresAt);
    return token;
  }

  private async send(ctx: Context, account: StaffAccountEntity, token: string | null): Promise<void> {
    if (!token) return;
    await this.sender.send(ctx, {
      channel: 'email',
      receiver: account.email,
      language: ctx.languages[0]!,
      text: this.texts.say(ctx, 'identity.staffInvited', {
        name: account.name,
        token,
        url: this.config.publicUrl,
        days: DAYS_TO_ANSWER,
      }),
    });
  }
}

function checkSeparation(roles: readonly Role[]): void {
  for (const [one, other] of SEPARATED_ROLES) {
    if (roles.includes(one) && roles.includes(other))
      throw invalid('roles', 'validation.separatedRoles', { one, other });
  }
}
