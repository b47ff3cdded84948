import { digestOf, type Book } from './book.ts';
import { decision } from './decision.ts';
import { makeMessage, makeParcel, type MadeMessage } from './messages.ts';
import {
  acceptedAt,
  audienceOf,
  idAt,
  referralId,
  secondsAt,
  toHub,
  utcAt,
  type ExampleKeys,
} from './story.ts';

/** Files 601 to 714: the dispatch to Belgium and the parcel that it travels in. @returns what is answered to it. */
export function makeDispatch(
  book: Book,
  sent: { readonly referralJws: string; readonly checkpoint: string },
  keys: ExampleKeys,
): { readonly dispatch: MadeMessage; readonly parcelDigest: string } {
  const payload = {
    schemaVersion: '1.0',
    kind: 'referral',
    inReplyTo: null,
    referralId,
    sequence: 1,
    handling: { handlingCode: 'H0', sourceEvaluation: 'X', informationEvaluation: '4' },
    policyVersion: '2026-11-22',
    acceptedAt,
    sender: { participantId: 'example-chat', kind: 'provider' },
    urgency: decision.urgency,
    decision,
    referral: sent.referralJws,
    checkpoint: sent.checkpoint,
  };
  const dispatch = makeMessage(
    book,
    { first: 601, name: 'dispatch', payload },
    {
      typ: 'dispatch+jws',
      iss: 'hub',
      aud: audienceOf('cp-be'),
      iat: secondsAt(2),
      jti: idAt(2, 0x31),
      key: keys.dispatches,
    },
  );
  const plaintext = { parcelId: idAt(2, 0x32), from: 'hub', to: 'cp-be', messages: [dispatch.jws] };
  const { digest } = makeParcel(book, { first: 701, name: 'parcel', plaintext }, keys.encryption);
  return { dispatch, parcelDigest: digest };
}

/** Files 801 to 851: both kinds of delivery receipt, feedback in its parcel, and the hub's receipt for that. */
export function makeAnswers(
  book: Book,
  { dispatch, parcelDigest }: { readonly dispatch: MadeMessage; readonly parcelDigest: string },
  keys: ExampleKeys,
): void {
  const asAuthority = { iss: 'cp-be', aud: toHub, key: keys.signing };
  const dispatchId = idAt(2, 0x31);
  const entry = { dispatchId, digest: dispatch.digest, outcome: 'accepted', code: null };
  const opened = { schemaVersion: '1.0', parcelId: idAt(2, 0x32), parcelDigest, receivedAt: utcAt(3) };
  makeMessage(
    book,
    {
      first: 801,
      name: 'delivery-receipt',
      payload: { ...opened, outcome: 'opened', code: null, entries: [entry] },
    },
    { ...asAuthority, typ: 'delivery-receipt+jws', iat: secondsAt(3), jti: idAt(3, 0x41) },
  );
  const garbage = book.text('811-garbage.record.txt', 'this is no parcel');
  const refused = {
    schemaVersion: '1.0',
    parcelId: null,
    parcelDigest: book.text('812-garbage.digest.txt', digestOf(garbage)),
    receivedAt: utcAt(4),
    outcome: 'refused',
    code: 'undecryptable',
    entries: [],
  };
  makeMessage(
    book,
    { first: 813, name: 'negative-receipt', payload: refused },
    { ...asAuthority, typ: 'delivery-receipt+jws', iat: secondsAt(4), jti: idAt(4, 0x42) },
  );
  const feedbackId = idAt(60, 0x43);
  const feedback = makeMessage(
    book,
    {
      first: 821,
      name: 'feedback',
      payload: {
        schemaVersion: '1.0',
        kind: 'acknowledged',
        inReplyTo: dispatchId,
        referralId,
        sequence: 1,
        handling: { handlingCode: 'H0', sourceEvaluation: 'A', informationEvaluation: '4' },
        policyVersion: '2026-11-22',
        caseNumber: 'BE-2026-778',
      },
    },
    { ...asAuthority, typ: 'feedback+jws', iat: secondsAt(60), jti: feedbackId },
  );
  const plaintext = { parcelId: idAt(60, 0x44), from: 'cp-be', to: 'hub', messages: [feedback.jws] };
  const parcel = makeParcel(book, { first: 831, name: 'feedback-parcel', plaintext }, keys.hubEncryption);
  makeMessage(
    book,
    {
      first: 851,
      name: 'feedback-receipt',
      payload: {
        schemaVersion: '1.0',
        parcelId: idAt(60, 0x44),
        parcelDigest: parcel.digest,
        receivedAt: utcAt(61),
        outcome: 'opened',
        code: null,
        entries: [{ feedbackId, digest: feedback.digest, outcome: 'accepted', code: null }],
      },
    },
    {
      typ: 'delivery-receipt+jws',
      iss: 'hub',
      aud: audienceOf('cp-be'),
      iat: secondsAt(61),
      jti: idAt(61, 0x45),
      key: keys.dispatches,
    },
  );
}
