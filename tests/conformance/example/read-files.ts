import { mkdirSync, readdirSync, readFileSync } from 'node:fs';

/** Where the worked example lies. */
export const exampleFolder = new URL('../../../contracts/worked-example/', import.meta.url);

/** Every file of the worked example, by name. */
export function readExampleFiles(): ReadonlyMap<string, string> {
  mkdirSync(exampleFolder, { recursive: true });
  return new Map(
    readdirSync(exampleFolder).map((name) => [name, readFileSync(new URL(name, exampleFolder), 'utf8')]),
  );
}
