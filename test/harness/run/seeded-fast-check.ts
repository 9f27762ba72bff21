// What `import fc from 'fast-check'` is in a test (jest.config.js): every property begins with the seed of the run.
import fc from '../../../node_modules/fast-check/lib/cjs/fast-check';
import { SEED } from './seed';

fc.configureGlobal({ seed: SEED });

export default fc;
