import { Injectable } from '@nestjs/common';
import type { Context } from '../context';
import { Database, type UnitOfWork } from '../database';
import { MessageSender } from './message-sender';
import type { OutgoingMessage } from './outgoing-message';

/** A message as the sandbox's outbox page shows it. */
export interface SandboxMessage extends OutgoingMessage {
  at: Date;
}

/** Keeps messages where only the sandbox's outbox page reads them; nothing leaves the machine. */
@Injectable()
export class SandboxSender extends MessageSender {
  constructor(private readonly database: Database) {
    super();
  }

  protected async hand(ctx: Context, message: OutgoingMessage): Promise<void> {
    const keep = async (work: UnitOfWork): Promise<void> => {
      await work.query(
        `INSERT INTO sandbox_message (id, at, channel, receiver, language, text) VALUES ($1, $2, $3, $4, $5, $6)`,
        [ctx.newId(), ctx.now(), message.channel, message.receiver, message.language, message.text],
      );
    };
    await (ctx.tenant ? this.database.writeEvenIfSuspended(ctx, keep) : this.database.writePlatform(keep));
  }

  /** The latest 100 messages of the caller's tenant, or of the platform plane, newest first. */
  latest(ctx: Context): Promise<SandboxMessage[]> {
    const read = (work: UnitOfWork): Promise<SandboxMessage[]> =>
      work.query(
        `SELECT at, channel, receiver, language, text FROM sandbox_message ORDER BY id DESC LIMIT 100`,
      );
    return ctx.tenant ? this.database.read(ctx, read) : this.database.readPlatform(read);
  }
}
