export { claimedBySdJwt, openSdJwtCredential, vaccinationTypePath } from './credential';
export { disclosedClaims } from './disclosures';
export { looksLikeSdJwt, mustBeBound, readSdJwt } from './sd-jwt';
export { signTokenStatusList, signVaccinationSdJwt, vaccinationTypeAt } from './vaccination-sd-jwt';
export { signSdJwt } from './sign-sd-jwt';
export { verifySdJwtCredential, type SdJwtTrust } from './verify-sd-jwt';
