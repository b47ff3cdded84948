import { limits } from '@liaison/contracts';
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
  /** The directory, once issued and while it has not expired; null means: stop, alarm, and go on when a new one comes. */
  current(nowMs: number): DirectoryIndex | null;
}

/**
 * Whether an issue is older than the one held. A smaller sequence issued after the one held had expired is no replay: the
 * hub counts anew where a restored backup left it.
 */
function isOlder(issue: DirectoryIndex, held: DirectoryIndex): boolean {
  return issue.document.sequence < held.document.sequence && issue.issuedAtMs < held.expiresAtMs;
}

/** Whether it has been issued, as far as a clock can tell that is no slower than intake allows, and has not expired. */
function holds({ issuedAtMs, expiresAtMs }: DirectoryIndex, nowMs: number): boolean {
  return issuedAtMs <= nowMs + limits.iatMaxAgeMs && nowMs < expiresAtMs;
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
      if (held !== undefined && isOlder(directory, held.directory)) return { kind: 'older' };
      held = { jws, directory };
      return { kind: 'taken', directory };
    },
    current(nowMs) {
      return held !== undefined && holds(held.directory, nowMs) ? held.directory : null;
    },
  };
}
