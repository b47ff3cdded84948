import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Accepted } from '../submit/submitted.ts';

/** No reference can have this name: `+` may not be in one. */
const directoryName = 'hub+directory.jws';

/** The signed directory that is saved beside a receipt. */
export function directoryFileBeside(receiptFile: string): string {
  return join(dirname(receiptFile), directoryName);
}

function isFree(path: string, content: string): boolean {
  return !existsSync(path) || readFileSync(path, 'utf8') === content;
}

/** Keeps receipts in a folder. */
export interface ReceiptFolder {
  /** Writes a verified receipt; returns the file. A file that holds another receipt is never overwritten. */
  keep(accepted: Accepted): string;
  /** Writes the signed directory by which the receipts were verified, for checking them without the hub. */
  keepDirectory(jws: string): void;
}

/** Opens the folder, and makes it where there is none. */
export function openReceiptFolder(path: string): ReceiptFolder {
  mkdirSync(path, { recursive: true });
  return {
    keep({ reference, referralId, receipt }) {
      // `:` may stand in a reference and not in every file system's names.
      const name = encodeURIComponent(reference);
      const content = `${receipt.jws}\n`;
      const plain = join(path, `${name}.jws`);
      const file = isFree(plain, content) ? plain : join(path, `${name}.${referralId}.jws`);
      writeFileSync(file, content);
      return file;
    },
    keepDirectory(jws) {
      writeFileSync(join(path, directoryName), `${jws}\n`);
    },
  };
}
