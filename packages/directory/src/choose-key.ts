import { limits, type MessageType } from '@liaison/contracts';
import type { ChooseKey, KeyChoice } from '@liaison/seal';
import type { DirectoryIndex, DirectoryKey } from './directory-index.ts';

/**
 * At which time a key is judged; each place has its own rule.
 * - `now`: valid and not revoked now (intake; the hub's keys at a contact point).
 * - `acceptedAt`: a sender's key at a contact point, by the time that the hub signed for, and by what the hub could know
 *   of the key then.
 * - `answer`: not revoked now, and valid now or within the seven days before, so that an answer on its way survives
 *   the rotation of its key.
 */
export type KeyMoment =
  | { readonly rule: 'now'; readonly nowMs: number }
  | { readonly rule: 'acceptedAt'; readonly acceptedAtMs: number }
  | { readonly rule: 'answer'; readonly nowMs: number };

type KeyFault = Extract<KeyChoice, { ok: false }>['code'];

/**
 * For so long after a revocation the hub may still have accepted: by a directory that had not expired, a moment after it
 * was judged, by a clock that differs. What it accepted must not be refused by those whom it is sent to.
 */
const acceptanceLagMs = limits.directoryLifeMs + limits.iatMaxAheadMs;

function judgeValidity(key: DirectoryKey, fromMs: number, toMs: number): KeyFault | null {
  if (Date.parse(key.notBefore) > toMs) return 'key-not-yet-valid';
  return Date.parse(key.notAfter) < fromMs ? 'key-expired' : null;
}

function judgeKey(key: DirectoryKey, moment: KeyMoment): KeyFault | null {
  switch (moment.rule) {
    case 'now':
      return key.revoked === null ? judgeValidity(key, moment.nowMs, moment.nowMs) : 'key-revoked';
    case 'answer':
      return key.revoked === null
        ? judgeValidity(key, moment.nowMs - limits.answerKeyGraceMs, moment.nowMs)
        : 'key-revoked';
    case 'acceptedAt': {
      const { acceptedAtMs } = moment;
      // The hub could not know of a revocation that came later: such a referral is flagged, not refused.
      const known = key.revoked !== null && Date.parse(key.revoked.at) + acceptanceLagMs <= acceptedAtMs;
      return known ? 'key-revoked' : judgeValidity(key, acceptedAtMs - limits.iatMaxAheadMs, acceptedAtMs);
    }
    default:
      return moment satisfies never;
  }
}

/**
 * Chooses the key for a signature from the directory, by the header's `iss` and `kid`, never from the message.
 * @param from where given, only this participant may have signed.
 */
export function chooseKeyFrom(directory: DirectoryIndex, moment: KeyMoment, from?: string): ChooseKey {
  return (header) => {
    const key = from === undefined || header.iss === from ? directory.key(header.iss, header.kid) : undefined;
    if (key === undefined) return { ok: false, code: 'key-unknown' };
    if (key.use !== 'sig' || !key.types.includes(header.typ)) return { ok: false, code: 'key-use-wrong' };
    const fault = judgeKey(key, moment);
    return fault === null ? { ok: true, jwk: key.jwk } : { ok: false, code: fault };
  };
}

/**
 * Since when the sender's key may have been in other hands, if that was before the referral was accepted: the authority
 * is told, the referral is kept.
 * @returns RFC 3339 time, or null.
 */
export function revocationFlag(key: DirectoryKey, acceptedAtMs: number): string | null {
  const { revoked } = key;
  return revoked !== null && Date.parse(revoked.since) <= acceptedAtMs ? revoked.since : null;
}

/** The key to which a parcel for a participant is encrypted now: of the valid ones the newest. */
export function chooseEncryptionKey(
  directory: DirectoryIndex,
  participantId: string,
  nowMs: number,
): DirectoryKey | undefined {
  const type: MessageType = 'parcel+jwe';
  return directory
    .participant(participantId)
    ?.keys.filter(
      (key) =>
        key.use === 'enc' &&
        key.types.includes(type) &&
        key.revoked === null &&
        judgeValidity(key, nowMs, nowMs) === null,
    )
    .toSorted((left, right) => Date.parse(right.notBefore) - Date.parse(left.notBefore))[0];
}
