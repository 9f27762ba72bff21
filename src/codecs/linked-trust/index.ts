export { verifyCredentialWithBundle } from './credential-with-bundle';
export { verifyJsonWithBundle } from './json-with-bundle';
