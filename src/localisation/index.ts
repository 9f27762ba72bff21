export * from './country-profile';
export { checkIdentifier, maskIdentifier } from './identifier-rules';
export type { CheckRule, IdentifierCheck, IdentifierFault, IdentifierType } from './identifier-rules';
export { normalisePhone, PHONE_TYPES } from './phone-rules';
export type { PhoneCheck, PhoneFault, PhoneRule, PhoneType } from './phone-rules';
export { isSafePattern } from './safe-pattern';
export { negotiate, pickText, type Fallbacks, type TextByLanguage } from './text-fallback';
