export { MessageSender } from './message-sender';
export { MessagingModule } from './messaging.module';
export type { OutgoingMessage } from './outgoing-message';
export { type SandboxMessage, SandboxSender } from './sandbox-sender';
