import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Database } from '../platform/database';
import { FactListeners } from '../platform/events';
import { personErased } from '../registry';
import { CertificatesStore } from './certificates.store';

/**
 * The certificates of somebody who was erased stay in force for whoever holds them: their numbers are kept, their texts
 * are not. Those sealed with her own key went with it; this forgets those from before people had keys.
 */
@Injectable()
export class ForgetErased implements OnModuleInit {
  constructor(
    private readonly database: Database,
    private readonly store: CertificatesStore,
    private readonly listeners: FactListeners,
  ) {}

  onModuleInit(): void {
    this.listeners.on(personErased, (ctx, { payload }) =>
      this.database.writeEvenIfSuspended(ctx, work => this.store.forgetTexts(work, payload.personId)),
    );
  }
}
