import { factType } from '../../platform/events';

/** What an account's owner is told of, so that she notices what she did not do herself. */
export type NoticeKind =
  | 'new-device'
  | 'password-changed'
  | 'second-factor-set-up'
  | 'second-factor-removed'
  | 'passkey-copied'
  | 'issuer-linked';

/** Something became of an account by which somebody gets in. `signInId`: the sign-in in which it was done. */
export const accountTouched = factType<{
  kind: 'staff' | 'operator';
  accountId: string;
  what: NoticeKind;
  signInId: string | null;
}>('identity.account-touched');

/** Most of what one-time codes may cost on a day of the country has been spent; once a day. */
export const codesNearlySpent = factType<{ day: string }>('identity.codes-nearly-spent');

/** All of it has: no more are sent until tomorrow; once a day. */
export const codesSpent = factType<{ day: string }>('identity.codes-spent');
