import { factType } from '../../platform/events';

/** What an account's owner is told of, so that she notices what she did not do herself. */
export type NoticeKind =
  'new-device' | 'password-changed' | 'second-factor-set-up' | 'second-factor-removed' | 'issuer-linked';

/** Something became of an account by which somebody gets in. `signInId`: the sign-in in which it was done. */
export const accountTouched = factType<{
  kind: 'staff' | 'operator';
  accountId: string;
  what: NoticeKind;
  signInId: string | null;
}>('identity.account-touched');
