import { everyone, type Directory } from '@liaison/contracts';
import { signMessage, type SigningKey } from '@liaison/seal';

/**
 * Signs a directory document for everyone (`directory+jws`).
 * @param issue `id` is a UUIDv7, `issuedAtMs` milliseconds since 1970.
 */
export async function signDirectory(
  directory: Directory,
  key: SigningKey,
  issue: { readonly id: string; readonly issuedAtMs: number },
): Promise<string> {
  const { jws } = await signMessage(
    {
      typ: 'directory+jws',
      issuer: directory.hub,
      audience: everyone(directory.instance),
      id: issue.id,
      issuedAtMs: issue.issuedAtMs,
      payload: directory,
    },
    key,
  );
  return jws;
}
