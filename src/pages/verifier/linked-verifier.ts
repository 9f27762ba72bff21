// What the verify page fetches besides, when somebody without a network enters JSON or an archive.
export { verifyJsonWithBundle } from '../../codecs/linked-trust';
