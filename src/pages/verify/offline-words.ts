import { Injectable } from '@nestjs/common';
import { Texts } from '../../platform/i18n';
import type { Visit } from '../visit';

/** Texts of `pages` that a verdict written by the browser itself needs. */
const KEYS = [
  ...[
    'holder',
    'birthDate',
    'issuer',
    'issuedAt',
    'expiresAt',
    'doses',
    'vaccine',
    'date',
    'dose',
    'lot',
  ].map(name => `verdict.${name}`),
  'verify.another',
  'verify.noTrust',
  'verify.needsNetwork',
];

/** Every outcome that can be told without the issuer's register. */
const OUTCOMES = [
  'VALID',
  'REVOKED',
  'EXPIRED',
  'NOT_YET_VALID',
  'NOT_GENUINE',
  'UNREADABLE',
  'UNKNOWN_ISSUER',
] as const;

/** The words that the verify page takes along, so that a verdict without a network is in the visitor's language too. */
@Injectable()
export class OfflineWords {
  constructor(private readonly texts: Texts) {}

  /** By key of `pages`; `message.<outcome>` is the sentence to a verdict, `{date}` stands for a day to be put in. */
  of({ ctx, say }: Visit): Record<string, string> {
    const outcomes = [...OUTCOMES, 'UNCHECKED'].map(outcome => `verdict.${outcome}`);
    const words = [...KEYS, ...outcomes].map(key => [key, say(key)]);
    const messages = OUTCOMES.map(outcome => [
      `message.${outcome}`,
      this.texts.say(ctx, `certificates.verdict.${outcome}`, { reason: '' }),
    ]);
    const dated = ['verify.offline', 'verify.outdated'].map(key => [key, say(key, { date: '{date}' })]);
    return Object.fromEntries([...words, ...messages, ...dated]) as Record<string, string>;
  }
}
