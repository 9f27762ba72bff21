export interface OutgoingMessage {
  /** `voice`: a call that reads the text aloud. */
  channel: 'sms' | 'voice' | 'email';
  /** E.164 number or e-mail address, as the channel needs. */
  receiver: string;
  language: string;
  text: string;
}
