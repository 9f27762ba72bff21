export { claimedBySdJwt, vaccinationTypePath } from './credential';
export { disclosedClaims } from './disclosures';
export { looksLikeSdJwt, readSdJwt } from './sd-jwt';
export { signTokenStatusList, signVaccinationSdJwt, vaccinationTypeAt } from './vaccination-sd-jwt';
export { verifySdJwtCredential, type SdJwtTrust } from './verify-sd-jwt';
