import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { TopologyDeclaration } from '@liaison/exchange';
import { readJsonFile } from '@liaison/service';

const fileOf = (name: string): string => fileURLToPath(new URL(`../${name}`, import.meta.url));

const declarationFile = fileOf('exchange.json');

/**
 * What is declared for a Kafka: topics, their settings, and who may do what.
 * @throws CodedError the codes of `readJsonFile`
 */
export function readDeclaration(file: string = declarationFile): TopologyDeclaration {
  const schema = JSON.parse(readFileSync(fileOf('exchange.schema.json'), 'utf8')) as object;
  return readJsonFile<TopologyDeclaration>(file, schema);
}
