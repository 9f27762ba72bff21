export { Breaker } from './breaker';
export { Outbound, type OutboundAnswer, OutboundFailed, type OutboundFault } from './outbound';
export { OutboundModule } from './outbound.module';
