export { EventsModule } from './events.module';
export { FactListeners } from './fact-listeners';
export { type Fact, type FactListener, type FactType, factType } from './facts';
export { Outbox } from './outbox';
export { Relay, systemContext } from './relay';
