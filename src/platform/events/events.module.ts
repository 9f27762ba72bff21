import { Global, Module } from '@nestjs/common';
import { FactListeners } from './fact-listeners';
import { Nudge } from './nudge';
import { Outbox } from './outbox';
import { Relay } from './relay';

@Global()
@Module({ providers: [FactListeners, Nudge, Outbox, Relay], exports: [FactListeners, Outbox, Relay] })
export class EventsModule {}
