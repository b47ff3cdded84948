import { writeFileSync } from 'node:fs';
import { makeFiles } from './example/make-files.ts';
import { exampleFolder, readExampleFiles } from './example/read-files.ts';

// Makes the worked example of contracts/README.md anew: `node tests/conformance/make-worked-example.ts`. What was chosen or
// signed before stays as long as it holds; remove the folder's files for an example with new keys.
const before = readExampleFiles();
for (const [name, text] of makeFiles(before)) {
  if (before.get(name) !== text) writeFileSync(new URL(name, exampleFolder), text);
}
