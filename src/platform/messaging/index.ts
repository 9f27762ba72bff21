export { MessageSender, type OutgoingMessage } from './message-sender';
export { MessagingModule } from './messaging.module';
export { type SandboxMessage, SandboxSender } from './sandbox-sender';
