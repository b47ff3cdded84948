import { type Parcel, validateMessage } from '@liaison/contracts';
import jose from 'node-jose';
import { importDecryptingKey } from './import-key.ts';
import type { PrivateJwk } from './keys.ts';
import { contentAlgorithm, keyAlgorithm } from './parcel-header.ts';
import { parseIJson } from './i-json.ts';
import { readParcelHeader } from './read-parcel-header.ts';
import { refuse, type Sealed } from './sealed.ts';

/** What a reader of parcels holds and demands. */
export interface DecryptOptions {
  /** The decryption key of an id, retired ones included; undefined where there is none. */
  readonly privateKeys: (kid: string) => PrivateJwk | undefined;
  /** Participant id of the reader. */
  readonly self: string;
  /** Participant id of the one from whom the parcel came. */
  readonly from: string;
  /** Greatest size of the compact form, bytes. */
  readonly maxBytes: number;
}

/** node-jose's words for a wrapped key, and for a content, that does not open. */
const verdicts: ReadonlySet<string> = new Set(['no key found', 'decryption failed']);

/**
 * Opens a parcel: gate, key by `kid`, decryption, I-JSON, schema, addressee, sender, in this order.
 * Encryption proves no sender: each message in the parcel has its own signature to verify. A parcel that
 * another addressee encrypted again for this one is refused as `addressee-wrong`.
 * @returns the parcel, or the first fault.
 */
export async function decryptParcel(
  text: string | Uint8Array,
  options: DecryptOptions,
): Promise<Sealed<Parcel>> {
  const read = readParcelHeader(text, options.maxBytes);
  if (!read.ok) return read;
  const jwk = options.privateKeys(read.value.kid);
  if (jwk === undefined) return refuse('key-unknown', { member: 'kid' });
  const plaintext = await decrypt(read.value.jwe, jwk);
  if (plaintext === undefined) return refuse('undecryptable');
  const parsed = parseIJson(plaintext);
  if (!parsed.ok) return refuse(parsed.code, { part: 'plaintext' });
  const valid = validateMessage('parcel', parsed.value);
  if (!valid.ok) return refuse('parcel-malformed');
  if (valid.value.to !== options.self) return refuse('addressee-wrong');
  if (valid.value.from !== options.from) return refuse('sender-wrong');
  return { ok: true, value: valid.value };
}

async function decrypt(jwe: string, jwk: PrivateJwk): Promise<Buffer | undefined> {
  const key = await importDecryptingKey(jwk);
  try {
    const opened = await jose.JWE.createDecrypt(key, {
      algorithms: [keyAlgorithm, contentAlgorithm],
    }).decrypt(jwe);
    return opened.plaintext;
  } catch (cause) {
    if (cause instanceof Error && verdicts.has(cause.message)) return undefined;
    throw cause;
  }
}
