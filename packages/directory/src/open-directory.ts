import { everyone, validateReceived, type PublicJwk } from '@liaison/contracts';
import { thumbprintOf, verifyMessage, type SealCode } from '@liaison/seal';
import { indexDirectory, type DirectoryIndex } from './directory-index.ts';

/** What a reader was given by hand, once: the installation's name and the keys that may sign its directory. */
export interface DirectoryTrust {
  readonly instance: string;
  /** Several, so that the directory's own key can be rotated. */
  readonly anchors: readonly PublicJwk[];
}

/** A verified directory, or why it is none. */
export type OpenedDirectory =
  | { readonly ok: true; readonly directory: DirectoryIndex }
  | { readonly ok: false; readonly code: SealCode | 'schema-invalid' | 'instance-wrong' };

/** A directory of 2,000 participants with a few keys each stays below. */
const maxBytes = 8 * 1024 * 1024;

/**
 * Verifies a signed directory against pinned anchors. Whether it has expired is for `createDirectoryHolder` to say: an
 * expired directory is a reason to wait, never to refuse a message.
 */
export async function openDirectory(jws: string, trust: DirectoryTrust): Promise<OpenedDirectory> {
  const anchors = new Map(trust.anchors.map((jwk) => [thumbprintOf(jwk), jwk]));
  const verified = await verifyMessage(jws, {
    typ: 'directory+jws',
    maxBytes,
    maxPayloadBytes: maxBytes,
    audience: everyone(trust.instance),
    chooseKey: ({ kid }) => {
      const jwk = anchors.get(kid);
      return jwk === undefined ? { ok: false, code: 'key-unknown' } : { ok: true, jwk };
    },
    clock: null,
  });
  if (!verified.ok) return { ok: false, code: verified.fault.code };
  const { header, payload } = verified.value;
  const document = validateReceived('directory', payload);
  if (!document.ok) return { ok: false, code: 'schema-invalid' };
  if (document.value.instance !== trust.instance || document.value.hub !== header.iss) {
    return { ok: false, code: 'instance-wrong' };
  }
  return { ok: true, directory: indexDirectory(document.value) };
}
