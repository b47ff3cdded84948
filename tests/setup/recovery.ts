import { randomBytes } from 'node:crypto';
import { hubParticipantId, limits, topicFrom } from '@liaison/contracts';
import { createContentCipher, type ContentCipher, type WrappedKey } from '@liaison/hub-database';
import { namesOf, type RunningLocal } from '@liaison/local';
import { decryptParcel, type PrivateJwk } from '@liaison/seal';
import { withDatabase } from './database-remains.ts';

/** A row of encrypted content. */
export interface Ciphertext {
  readonly message_id: string;
  readonly sealed: Uint8Array;
}

/** The cipher with every wrapping key that the hub holds. */
export function cipherOf({ installation }: RunningLocal): ContentCipher {
  const { id, bytes } = installation.hub.wrappingKey;
  return createContentCipher([{ id, bytes: Buffer.from(bytes, 'base64') }], randomBytes);
}

/** The encrypted content of one referral. */
export async function readCiphertexts(
  local: RunningLocal,
  referralId: string,
): Promise<readonly Ciphertext[]> {
  return withDatabase(local, namesOf(local.installation).hubDatabase, async (database) => {
    const { rows } = await database.query<Ciphertext>(
      'select message_id, sealed from content.message where referral_id = $1',
      [referralId],
    );
    return rows;
  });
}

/** The wrapped keys that the hub has, by referral. */
export async function readWrappedKeys(local: RunningLocal): Promise<ReadonlyMap<string, WrappedKey>> {
  return withDatabase(local, namesOf(local.installation).hubDatabase, async (database) => {
    const { rows } = await database.query<{ referral_id: string; key_id: string; wrapped: Uint8Array }>(
      'select referral_id, wrapping_key_id as key_id, wrapped from vault.content_key',
    );
    return new Map(rows.map((row) => [row.referral_id, { wrappingKeyId: row.key_id, wrapped: row.wrapped }]));
  });
}

/** Every key of 32 bytes that the hub holds: those of all referrals it still has, and all of its own. */
export async function readRemainingKeys(local: RunningLocal): Promise<Uint8Array[]> {
  const cipher = cipherOf(local);
  const { hub } = local.installation;
  const ofReferrals = [...(await readWrappedKeys(local)).values()].map((wrapped) =>
    cipher.unwrapKey(wrapped),
  );
  const own = [hub.directory, hub.receipt, hub.dispatch, hub.encryption].map(({ privateJwk }) =>
    Buffer.from(privateJwk.d, 'base64url'),
  );
  const others = [
    Buffer.from(hub.logKey.d, 'base64url'),
    Buffer.from(hub.wrappingKey.bytes, 'base64'),
    Buffer.from(hub.refusalHmacKey, 'base64'),
  ];
  return [...ofReferrals, ...own, ...others];
}

/** Tries every key on every ciphertext. @returns what opened, and how often it was tried. */
export function tryToOpen(
  ciphertexts: readonly Ciphertext[],
  keys: readonly Uint8Array[],
  cipher: ContentCipher,
): { readonly opened: readonly string[]; readonly attempts: number } {
  const opened = ciphertexts.flatMap(({ message_id: id, sealed }) =>
    keys.flatMap((key) => {
      try {
        return [cipher.open(key, id, sealed)];
      } catch {
        return [];
      }
    }),
  );
  return { opened, attempts: ciphertexts.length * keys.length };
}

/** What the hub's own key opens of all that authorities have sent it through the exchange, as texts of payloads. */
export async function openAnswersInExchange(local: RunningLocal): Promise<string[]> {
  const { installation } = local;
  const { encryption } = installation.hub;
  const privateKeys = (kid: string): PrivateJwk | undefined =>
    kid === encryption.kid ? encryption.privateJwk : undefined;
  const records = await withDatabase(local, namesOf(installation).exchangeDatabase, async (database) => {
    const { rows } = await database.query<{ name: string; value: Uint8Array }>(
      'select t.name, r.value from exchange.record r join exchange.topic t using (topic_id)',
    );
    return rows;
  });
  const prefix = topicFrom(installation.instance, '');
  const texts: string[] = [];
  for (const { name, value } of records) {
    const parcel = await decryptParcel(value, {
      privateKeys,
      self: hubParticipantId,
      from: name.slice(prefix.length),
      maxBytes: limits.parcelBytes,
    });
    if (!parcel.ok) continue;
    for (const jws of parcel.value.messages) {
      texts.push(Buffer.from(jws.split('.')[1] ?? '', 'base64url').toString());
    }
  }
  return texts;
}
