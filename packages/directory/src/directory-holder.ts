import type { DirectoryIndex } from './directory-index.ts';
import { openDirectory, type DirectoryTrust, type OpenedDirectory } from './open-directory.ts';

/** What became of a document that was offered. */
export type Offer =
  | { readonly kind: 'taken'; readonly directory: DirectoryIndex }
  | { readonly kind: 'older' }
  | { readonly kind: 'refused'; readonly code: Extract<OpenedDirectory, { ok: false }>['code'] };

/** Keeps the newest directory that could be verified. */
export interface DirectoryHolder {
  /** Offers a signed document; an older one than is held is left aside, so that nobody can roll keys back. */
  offer(jws: string): Promise<Offer>;
  /** The directory, while it has not expired; null means: stop, alarm, and go on when a new one comes. */
  current(nowMs: number): DirectoryIndex | null;
}

/** Makes a holder for one installation's directory. */
export function createDirectoryHolder(trust: DirectoryTrust): DirectoryHolder {
  let held: { jws: string; directory: DirectoryIndex } | undefined;
  return {
    async offer(jws) {
      if (held?.jws === jws) return { kind: 'taken', directory: held.directory };
      const opened = await openDirectory(jws, trust);
      if (!opened.ok) return { kind: 'refused', code: opened.code };
      const { directory } = opened;
      if (held !== undefined && directory.document.sequence < held.directory.document.sequence) {
        return { kind: 'older' };
      }
      held = { jws, directory };
      return { kind: 'taken', directory };
    },
    current(nowMs) {
      return held !== undefined && nowMs < held.directory.expiresAtMs ? held.directory : null;
    },
  };
}
