import { Injectable } from '@nestjs/common';
import { signedIn } from '../../platform/access';
import type { Context } from '../../platform/context';
import { Planes } from '../planes';
import type { SignIn } from './sign-in.graphql';
import { SignInsStore } from './sign-ins.store';

/** Where the caller is and was signed in. */
@Injectable()
export class ReadSignIns {
  constructor(
    private readonly planes: Planes,
    private readonly store: SignInsStore,
  ) {}

  /** The latest of the caller's own, newest first. */
  async mine(ctx: Context): Promise<SignIn[]> {
    const me = signedIn(ctx);
    const rows = await this.planes.read(ctx, me.kind, work => this.store.latest(work, me));
    return rows.map(({ key, ...row }) => ({
      ...row,
      bound: key !== null,
      current: row.id === me.signIn?.id,
    }));
  }
}
