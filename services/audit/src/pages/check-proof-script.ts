import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import type { Request, Response } from 'express';

const source = fileURLToPath(new URL('../browser/check-proof.ts', import.meta.url));

/** Address of the script. */
export const checkProofPath = '/assets/check-proof.js';

async function bundle(): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [source],
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'browser',
    target: 'es2022',
    minify: true,
    legalComments: 'none',
    logLevel: 'silent',
  });
  return outputFiles[0]?.text ?? '';
}

/** `GET /assets/check-proof.js`: built when it is first asked for, and kept. A build that failed is tried again. */
export function serveCheckProof() {
  let built: Promise<string> | undefined;
  return async (_req: Request, res: Response): Promise<void> => {
    built ??= bundle();
    try {
      const text = await built;
      res.set('Cache-Control', 'max-age=300').type('text/javascript').send(text);
    } catch (error) {
      built = undefined;
      throw error;
    }
  };
}
