import { build } from 'esbuild';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './bootstrap.mjs';

/**
 * Makes the verifier that runs in a browser: one script of the codecs themselves, so that both sides give one verdict.
 * Fails on an import of Node, which no browser has.
 */
export async function bundleVerifier(root = ROOT) {
  const folder = join(root, 'src/pages/verifier');
  if (!existsSync(folder)) return;
  await build({
    entryPoints: {
      verifier: join(folder, 'answer-offline.ts'),
      'linked-verifier': join(folder, 'linked-verifier.ts'),
    },
    outdir: join(root, 'dist/src/pages/browser'),
    absWorkingDir: root,
    bundle: true,
    minify: true,
    format: 'esm',
    platform: 'browser',
    target: 'es2022',
    charset: 'utf8',
    logLevel: 'error',
  });
}
