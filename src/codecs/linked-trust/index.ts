export { verifyCredentialWithBundle } from './credential-with-bundle';
