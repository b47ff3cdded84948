import { audienceOf, type SubmissionReceipt } from '@liaison/contracts';
import type { DirectoryIndex } from '@liaison/directory';
import type { ContentCipher, EventMaker, PreparedEvent } from '@liaison/hub-database';
import { encodeBase64Url } from '@liaison/ledger';
import { signMessage, type SigningKey } from '@liaison/seal';
import { formatUtc, type Clock, type NewId } from '@liaison/service';
import type { OpenedReferral } from './open-referral.ts';
import type { Acceptance } from './store/intake.ts';

/** Makes what is written when a referral is accepted. */
export interface AcceptanceMaker {
  make(opened: OpenedReferral, directory: DirectoryIndex): Promise<Acceptance>;
}

/** What the maker needs. */
export interface AcceptanceDeps {
  readonly clock: Clock;
  readonly newId: NewId;
  readonly events: EventMaker;
  readonly cipher: ContentCipher;
  readonly receiptKey: SigningKey;
}

/** What a referral is not, said in every receipt. */
const isNot: SubmissionReceipt['isNot'] = [
  'reportUnderArticle12OfCom2022209',
  'notificationUnderArticle18OfRegulation20222065',
  'reportUnderNationalOrThirdCountryLaw',
  'evidence',
];

function toReceipt(
  opened: OpenedReferral,
  event: PreparedEvent,
  at: { id: string; acceptedAtMs: number },
): SubmissionReceipt {
  return {
    schemaVersion: '1.0',
    referralId: at.id,
    providerReference: opened.referral.providerReference,
    payloadDigest: opened.digest,
    acceptedAt: formatUtc(at.acceptedAtMs),
    isNot,
    ledger: {
      leaf: encodeBase64Url(event.leaf),
      salt: encodeBase64Url(event.salt),
      details: event.details,
    },
  };
}

/**
 * Makes acceptances: id, ledger event, encrypted content, and the receipt, which is signed before the commit so that it
 * is stored with the referral and a retry gets the very same one.
 */
export function createAcceptanceMaker({
  clock,
  newId,
  events,
  cipher,
  receiptKey,
}: AcceptanceDeps): AcceptanceMaker {
  return {
    async make(opened, directory) {
      const id = newId();
      const acceptedAtMs = clock.nowMs();
      const { referral, sender } = opened;
      const event = await events.prepare({
        type: 'referralAccepted',
        atMs: acceptedAtMs,
        subjectId: id,
        actorId: sender.id,
        facts: { kind: referral.referralKind, sender: sender.id, state: 'accepted' },
        details: {
          payloadDigest: opened.digest,
          providerReference: referral.providerReference,
          referralId: id,
          signerKid: opened.kid,
        },
        referralId: id,
        audience: sender.id,
      });
      const { hub, instance } = directory.document;
      const receipt = await signMessage(
        {
          typ: 'submission-receipt+jws',
          issuer: hub,
          audience: audienceOf(instance, sender.id),
          id: newId(),
          issuedAtMs: acceptedAtMs,
          payload: toReceipt(opened, event, { id, acceptedAtMs }),
        },
        receiptKey,
      );
      const { key, wrapped } = cipher.newKey();
      const sealed = cipher.seal(key, id, opened.jws);
      return { referralId: id, acceptedAtMs, opened, receipt: receipt.jws, sealed, wrapped, event };
    },
  };
}
