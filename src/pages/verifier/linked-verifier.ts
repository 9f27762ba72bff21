// What the verify page fetches besides, when somebody without a network enters JSON.
export { verifyCredentialWithBundle } from '../../codecs/linked-trust';
