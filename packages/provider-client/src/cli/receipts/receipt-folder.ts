import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Membership } from '@liaison/contracts';
import type { Accepted } from '../../submit/submitted.ts';
import { openMemberDirectory, type HubKeys } from '../../verify/hub-keys.ts';
import { verifyReceipt, type VerifiedReceipt } from '../../verify/verify-receipt.ts';
import { directoryName, groupFurtherFiles, nameOf } from './receipt-names.ts';
import { syncFolder, writeDurably } from './write-durably.ts';

/** A receipt that is there already, and proves its acceptance. */
export interface KeptReceipt {
  readonly receipt: VerifiedReceipt;
  readonly file: string;
}

/**
 * The receipts of one member: the record of what has been done. What has no receipt here was perhaps accepted and its
 * answer lost; it is submitted again, and the hub answers with the original receipt.
 */
export interface ReceiptFolder {
  /** The receipt for exactly this payload of this reference, if one is here that verifies. */
  find(reference: string, payloadDigest: string): Promise<KeptReceipt | null>;
  /** Writes receipts; all are durable when it returns. A file that holds another receipt is never overwritten. */
  keep(accepted: readonly Accepted[]): Promise<readonly string[]>;
  /** Writes the signed directory by which the receipts were verified, for checking them without the hub. */
  keepDirectory(jws: string): Promise<void>;
}

function readIfThere(path: string): string | null {
  return existsSync(path) ? readFileSync(path, 'utf8') : null;
}

async function openSavedKeys(path: string, membership: Membership): Promise<HubKeys | null> {
  const text = readIfThere(join(path, directoryName));
  if (text === null) return null;
  const opened = await openMemberDirectory(text.trim(), membership);
  return opened.ok ? { kind: 'directory', directory: opened.directory } : null;
}

/** Opens the folder, and makes it where there is none. */
export async function openReceiptFolder(path: string, membership: Membership): Promise<ReceiptFolder> {
  mkdirSync(path, { recursive: true });
  const further = groupFurtherFiles(readdirSync(path));
  const hubKeys = await openSavedKeys(path, membership);

  const writeNamed = (name: string, content: string): Promise<void> =>
    writeDurably(join(path, name), content, join(path, `${name}+partial`));

  /** `taken`: what is being written in this call, by its name. */
  function chooseName(
    { reference, referralId }: Accepted,
    content: string,
    taken: Map<string, string>,
  ): string {
    const name = nameOf(reference);
    const plain = `${name}.jws`;
    // Two references may differ in case alone, and the file system may not.
    const key = plain.toLowerCase();
    const held = taken.get(key) ?? readIfThere(join(path, plain));
    const isFree = held === null || held === content;
    if (isFree) taken.set(key, content);
    return isFree ? plain : `${name}.${referralId}.jws`;
  }

  return {
    async find(reference, payloadDigest) {
      if (hubKeys === null) return null;
      const name = nameOf(reference);
      for (const file of [`${name}.jws`, ...(further.get(name) ?? [])]) {
        const text = readIfThere(join(path, file));
        if (text === null) continue;
        const expected = { payloadDigest, providerReference: reference };
        const verified = await verifyReceipt(text.trim(), { ...membership, hubKeys }, expected);
        if (verified.ok) return { receipt: verified.receipt, file: join(path, file) };
      }
      return null;
    },
    async keep(accepted) {
      const taken = new Map<string, string>();
      const files = accepted.map((one) => {
        const content = `${one.receipt.jws}\n`;
        return { name: chooseName(one, content, taken), content };
      });
      // One reference may be submitted twice at once: its one file is written once.
      const contents = new Map(files.map(({ name, content }) => [name, content]));
      await Promise.all([...contents].map(([name, content]) => writeNamed(name, content)));
      if (files.length > 0) await syncFolder(path);
      return files.map(({ name }) => join(path, name));
    },
    async keepDirectory(jws) {
      await writeNamed(directoryName, `${jws}\n`);
      await syncFolder(path);
    },
  };
}
