import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { generateKeys, type MemberKind } from '../../keys/generate-keys.ts';
import { exitCodes, type ExitCode } from '../exit-codes.ts';
import type { Reporter } from '../terminal.ts';
import { UsageError } from '../usage-error.ts';

/** What the command was asked. */
export interface KeygenRequest {
  readonly out: string;
  readonly kind: MemberKind;
}

function writeNew(path: string, value: object, mode: number): void {
  writeFileSync(path, `${JSON.stringify(value, null, 2)}\n`, { mode, flag: 'wx' });
}

/** `liaison keygen`: makes keys; what is there is never overwritten. @throws UsageError `file-exists`. */
export function keygen({ out, kind }: KeygenRequest, reporter: Reporter): ExitCode {
  mkdirSync(out, { recursive: true, mode: 0o700 });
  const privateFile = join(out, 'private.jwks.json');
  const publicFile = join(out, 'public.jwks.json');
  const taken = [privateFile, publicFile].find((path) => existsSync(path));
  if (taken !== undefined) {
    throw new UsageError('file-exists', `${taken} is there already; keys are never overwritten.`);
  }
  const { privateJwks, publicJwks } = generateKeys({ kind });
  writeNew(privateFile, privateJwks, 0o600);
  writeNew(publicFile, publicJwks, 0o644);
  const keys = publicJwks.keys.map(({ kid, use }) => ({ kid, use }));
  reporter.report({ kind, privateFile, publicFile, keys }, [
    ...keys.map(({ kid, use }) => `${use === 'sig' ? 'signing' : 'decryption'} key  ${kid}`),
    `private  ${privateFile}  keep it: whoever has it can refer in your name`,
    `public   ${publicFile}  give it to the hub; it answers with your membership document`,
  ]);
  return exitCodes.done;
}
