import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { encodeBase64 } from '@liaison/ledger';
import { isObject, parseJson } from '../../http/parse-json.ts';
import { verifyLog, type LogTrustTexts } from '../../verify/verify-log.ts';
import { reportUnproven } from '../describe-evidence.ts';
import { exitCodes, type ExitCode } from '../exit-codes.ts';
import { readMembershipFile, readText } from '../read-files.ts';
import type { Reporter } from '../terminal.ts';
import { UsageError } from '../usage-error.ts';

/** What the command was asked. */
export interface VerifyLogRequest {
  readonly file: string;
  readonly logKey?: readonly string[];
  readonly member?: string;
  readonly earlier?: readonly string[];
}

function trustOf({ logKey = [], member }: VerifyLogRequest): LogTrustTexts {
  if (member !== undefined) {
    const { log } = readMembershipFile(member);
    return { origin: log.origin, logKeys: [...log.keys, ...logKey] };
  }
  if (logKey.length > 0) return { logKeys: logKey };
  throw new UsageError('log-key-missing', 'Say whom to believe: --log-key VKEY, or --member FILE.');
}

/** A checkpoint as such, or in a proof that was saved. */
function readCheckpoint(path: string): string {
  const text = readText(path);
  const value = parseJson(text);
  const note = isObject(value) ? value['checkpoint'] : undefined;
  return typeof note === 'string' ? note : text;
}

async function openLines(path: string): Promise<AsyncIterable<string>> {
  try {
    await (await open(path)).close();
  } catch (error) {
    throw new UsageError('file-unreadable', `${path} cannot be read.`, { cause: error });
  }
  return createInterface({ input: createReadStream(path, 'utf8'), crlfDelay: Infinity });
}

/** `liaison verify log`: checks a whole exported log against keys and earlier checkpoints. @throws UsageError. */
export async function verifyLogFile(request: VerifyLogRequest, reporter: Reporter): Promise<ExitCode> {
  const { file, earlier = [] } = request;
  const trust = { ...trustOf(request), earlierCheckpoints: earlier.map(readCheckpoint) };
  const result = await verifyLog(await openLines(file), trust);
  if (!result.ok) {
    return reportUnproven(reporter, { file, step: 'log', code: result.code, line: result.line });
  }
  const { origin, size } = result.checkpoint;
  const root = encodeBase64(result.checkpoint.root);
  reporter.report({ proven: true, origin, size, root, earlier: earlier.length }, [
    `proven  ${origin}  ${size} entries, root ${root}`,
    ...(earlier.length === 0 ? [] : [`  It begins as in ${earlier.length} earlier checkpoint(s).`]),
  ]);
  return exitCodes.done;
}
