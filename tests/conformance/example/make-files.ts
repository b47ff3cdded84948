import { base64Url, digestOf, openBook, sha256, type Book } from './book.ts';
import { makeAnswers, makeDispatch } from './dispatch-and-answers.ts';
import {
  canonicalise,
  commitmentInput,
  commitTo,
  consistencyOf,
  hashLeaf,
  inclusionProof,
  leafOf,
  makeCheckpoint,
  stepsOf,
  type ExampleEvent,
} from './ledger.ts';
import { makeMessage, type MadeMessage } from './messages.ts';
import {
  acceptedAt,
  audienceOf,
  directoryOf,
  idAt,
  makeKeys,
  makeSalt,
  origin,
  referral,
  referralId,
  secondsAt,
  submissionApi,
  toHub,
  utcAt,
  type ExampleKeys,
} from './story.ts';

/** Files 201 to 321: the directory, the referral, the same signed anew, the token of a read. */
function makeSubmission(book: Book, keys: ExampleKeys): MadeMessage {
  makeMessage(
    book,
    { first: 201, name: 'directory', payload: directoryOf(keys) },
    {
      typ: 'directory+jws',
      iss: 'hub',
      aud: audienceOf('everyone'),
      iat: secondsAt(0),
      jti: idAt(0, 1),
      key: keys.anchor,
    },
  );
  const asSender = { iss: 'example-chat', aud: toHub, key: keys.provider };
  const signed = makeMessage(
    book,
    { first: 301, name: 'referral', payload: referral },
    { ...asSender, typ: 'referral+jws', iat: secondsAt(0), jti: idAt(0, 2) },
  );
  makeMessage(
    book,
    { first: 311, name: 'referral-signed-anew', payload: referral },
    { ...asSender, typ: 'referral+jws', iat: secondsAt(30), jti: idAt(30, 3) },
  );
  makeMessage(
    book,
    {
      first: 321,
      name: 'request',
      payload: { exp: secondsAt(40) + 60, htm: 'GET', htu: `${submissionApi}/v1/feed` },
    },
    { ...asSender, typ: 'request+jws', iat: secondsAt(40), jti: idAt(40, 4) },
  );
  return signed;
}

/** Files 401 to 413: the ledger leaf with its opening, the receipt, the answer. @returns the leaf. */
function makeReceipt(book: Book, signed: MadeMessage, keys: ExampleKeys): string {
  const details = book.text(
    '401-accepted.details.json',
    canonicalise({
      payloadDigest: signed.digest,
      providerReference: referral.providerReference,
      referralId,
      signerKid: keys.provider.kid,
    }),
  );
  const salt = makeSalt(book, '402-accepted.salt.hex', 0);
  const input = book.hex('403-accepted.commitment-input.hex', commitmentInput(salt, details));
  const commitment = book.text('404-accepted.commitment.txt', digestOf(input));
  const leaf = book.text(
    '405-accepted.leaf.json',
    leafOf(origin, {
      eventId: idAt(1, 0x12),
      type: 'referralAccepted',
      at: acceptedAt,
      subjectId: referralId,
      actorId: 'example-chat',
      facts: { kind: 'providerReport', sender: 'example-chat', state: 'accepted' },
      commitment,
    }),
  );
  book.hex('406-accepted.leaf-hash.hex', hashLeaf(leaf));
  const payload = {
    schemaVersion: '1.0',
    referralId,
    providerReference: referral.providerReference,
    payloadDigest: signed.digest,
    acceptedAt,
    isNot: [
      'reportUnderArticle12OfCom2022209',
      'notificationUnderArticle18OfRegulation20222065',
      'reportUnderNationalOrThirdCountryLaw',
      'evidence',
    ],
    ledger: { leaf: base64Url(leaf), salt: base64Url(salt), details },
  };
  const receipt = makeMessage(
    book,
    { first: 407, name: 'receipt', payload },
    {
      typ: 'submission-receipt+jws',
      iss: 'hub',
      aud: audienceOf('example-chat'),
      iat: secondsAt(1),
      jti: idAt(1, 0x13),
      key: keys.receipts,
    },
  );
  book.text('413-submission.answer.json', JSON.stringify({ referralId, receipt: receipt.jws }));
  return leaf;
}

type EventDraft = Omit<ExampleEvent, 'eventId' | 'at' | 'actorId' | 'commitment'>;

/** A leaf of which the example holds no opening: nobody who reads the log does. */
function closedLeaf(draft: EventDraft, seconds: number, number: number): string {
  const salt = sha256(`salt ${number} of the worked example`);
  const commitment = commitTo(salt, { id: draft.subjectId });
  return leafOf(origin, {
    ...draft,
    eventId: idAt(seconds, number),
    at: utcAt(seconds),
    actorId: 'hub',
    commitment,
  });
}

function earlierLeaves(): string[] {
  return [
    closedLeaf({ type: 'policyActivated', subjectId: '2026-11-22', facts: {} }, -400, 0x21),
    closedLeaf(
      { type: 'participantRegistered', subjectId: 'example-chat', facts: { kind: 'provider' } },
      -300,
      0x22,
    ),
    closedLeaf({ type: 'keyAdded', subjectId: 'example-chat', facts: { kind: 'sig' } }, -299, 0x23),
    closedLeaf(
      { type: 'participantRegistered', subjectId: 'cp-be', facts: { kind: 'lawEnforcement' } },
      -200,
      0x24,
    ),
  ];
}

/**
 * Makes every file of the worked example. Keys, salts and signatures that were made before stay as long as they hold, so
 * that making it again changes nothing.
 * @param before the files as they are, by name; empty for an example with new keys.
 */
export function makeFiles(before: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  const book = openBook(before);
  const keys = makeKeys(book);
  const log = { origin, ...keys.log };
  const signed = makeSubmission(book, keys);
  const five = [...earlierLeaves(), makeReceipt(book, signed, keys)];
  const checkpoint = makeCheckpoint(book, { first: 501, hashes: five.map(hashLeaf) }, log);
  const sent = makeDispatch(book, { referralJws: signed.jws, checkpoint }, keys);
  makeAnswers(book, sent, keys);
  const facts = { referralId, state: 'decided', policyVersion: '2026-11-22' };
  const sealed = { kind: 'referral', sender: 'hub', addressee: 'cp-be', referralId, state: 'sealed' };
  const leaves = [
    ...five,
    closedLeaf({ type: 'referralDecided', subjectId: referralId, facts }, 1.5, 0x25),
    closedLeaf({ type: 'dispatchSealed', subjectId: idAt(2, 0x31), facts: sealed }, 2, 0x26),
  ];
  const hashes = leaves.map(hashLeaf);
  book.text('901-log.leaves.txt', leaves.join('\n'));
  book.text('902-log.leaf-hashes.txt', hashes.map((hash) => hash.toString('hex')).join('\n'));
  const newest = makeCheckpoint(book, { first: 903, hashes }, log);
  book.text('907-inclusion-proof.json', JSON.stringify(inclusionProof(4, hashes, newest), null, 2));
  book.text(
    '908-inclusion-proof.steps.txt',
    stepsOf(4, hashes)
      .map((hash) => hash.toString('hex'))
      .join('\n'),
  );
  const consistency = consistencyOf(5, hashes).map((hash) => base64Url(hash));
  book.text('909-consistency-proof.json', JSON.stringify({ from: 5, to: 7, hashes: consistency }, null, 2));
  return book.files;
}
