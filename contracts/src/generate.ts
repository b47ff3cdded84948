// Writes src/generated/*.d.ts from the OpenAPI documents; with --check only compares.
import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const folder = fileURLToPath(new URL('..', import.meta.url));
const check = process.argv.includes('--check');

for (const document of readdirSync(`${folder}openapi`)) {
  const name = document.replace(/\.v1\.yaml$/, '');
  execFileSync(
    'openapi-typescript',
    [
      `openapi/${document}`,
      '--output',
      `src/generated/${name}.d.ts`,
      '--root-types',
      '--root-types-no-schema-prefix',
      '--immutable',
      ...(check ? ['--check'] : []),
    ],
    { cwd: folder, stdio: 'inherit' },
  );
}
