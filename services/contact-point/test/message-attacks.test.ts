import { audienceOf } from '@liaison/contracts';
import { digestOf } from '@liaison/seal';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { TestKey } from './make-key.ts';
import type { Members } from './members.ts';
import { forgeSignature, tamper, type SignChanges, type Signed } from './sign-as-hub.ts';
import { startContactPoint, type StartedContactPoint } from './start-contact-point.ts';

let started: StartedContactPoint;

beforeAll(async () => {
  started = await startContactPoint();
});
afterAll(() => started.close());

/** A message, as a parcel holds it, with the id and the digest by which a receipt has to name it. */
type MakeMessage = () => Promise<Signed>;

const sign = (changes: SignChanges = {}): Promise<Signed> => started.hub.signDispatch(changes);

const signWith =
  (key: (members: Members) => TestKey, changes: SignChanges = {}) =>
  () =>
    sign({ ...changes, key: key(started.members) });

/** A dispatch whose hub signature is right, around a referral that is not. */
const carrying =
  (changes: SignChanges | ((jws: string) => string), key?: (members: Members) => TestKey) =>
  async (): Promise<Signed> => {
    const chosen = key === undefined ? {} : { key: key(started.members) };
    const referral = await started.hub.signReferral(
      typeof changes === 'function' ? chosen : { ...changes, ...chosen },
    );
    return sign({ content: { referral: typeof changes === 'function' ? changes(referral) : referral } });
  };

async function withJws(make: (jws: string) => string): Promise<Signed> {
  const signed = await sign();
  const jws = make(signed.jws);
  return { ...signed, jws, digest: digestOf(Buffer.from(jws.split('.')[1] ?? '', 'base64url')) };
}

const ofHub: readonly (readonly [string, MakeMessage, string])[] = [
  [
    'signed with a key that its header does not name',
    () => withJws((jws) => forgeSignature(jws, started.members.hub.next)),
    'signature-invalid',
  ],
  [
    'signed by a stranger in the name of the key of the hub',
    () => withJws((jws) => forgeSignature(jws, started.members.chat.current)),
    'signature-invalid',
  ],
  [
    'altered after it was signed',
    () => withJws((jws) => tamper(jws, { urgency: { claimed: true } })),
    'signature-invalid',
  ],
  ['signed with a key of a provider', signWith(({ chat }) => chat.current), 'key-unknown'],
  [
    'signed by a provider as itself',
    signWith(({ chat }) => chat.current, { issuer: 'example-chat' }),
    'key-unknown',
  ],
  [
    'signed by the contact point itself',
    signWith(({ belgium }) => belgium.signing, { issuer: 'cp-be' }),
    'key-unknown',
  ],
  ['signed with a key of the hub for other messages', signWith(({ hub }) => hub.forReceipts), 'key-unknown'],
  ['signed with a revoked key of the hub', signWith(({ hub }) => hub.revoked), 'key-not-valid'],
  ['signed with an expired key of the hub', signWith(({ hub }) => hub.expired), 'key-not-valid'],
  [
    'signed with a key of the hub that is not valid yet',
    signWith(({ hub }) => hub.notYetValid),
    'key-not-valid',
  ],
  [
    'for another contact point, taken from its parcel',
    () => sign({ audience: audienceOf(started.members.instance, 'cp-fr') }),
    'audience-wrong',
  ],
  [
    'for the same contact point of another installation',
    () => sign({ audience: audienceOf('production', 'cp-be') }),
    'audience-wrong',
  ],
];

const ofSender: readonly (readonly [string, MakeMessage, string])[] = [
  ['was altered', carrying((jws) => tamper(jws, { abuseTypes: ['newMaterial'] })), 'signature-invalid'],
  [
    'was signed by another',
    carrying((jws) => forgeSignature(jws, started.members.mail.current)),
    'signature-invalid',
  ],
  [
    'is of another provider than the dispatch says',
    carrying({ issuer: 'example-mail' }, ({ mail }) => mail.current),
    'key-unknown',
  ],
  ['names the key of another provider', carrying({}, ({ mail }) => mail.current), 'key-unknown'],
  ['was signed by the hub', carrying({ issuer: 'hub' }, ({ hub }) => hub.current), 'key-unknown'],
  [
    'was signed with a key that had been revoked by then',
    carrying({}, ({ chat }) => chat.revokedBefore),
    'key-not-valid',
  ],
  [
    'was signed with a key that had expired by then',
    carrying({}, ({ chat }) => chat.expiredBefore),
    'key-not-valid',
  ],
  [
    'was signed with a key that was not valid yet',
    carrying({}, ({ chat }) => chat.validOnlySince),
    'key-not-valid',
  ],
  ['was for another hub', carrying({ audience: audienceOf('production', 'hub') }), 'audience-wrong'],
  ['is no JWS of the profile', carrying((jws) => `${jws}=`.replace('=', 'A')), 'jws-malformed'],
  ['is a token and no referral', carrying({ typ: 'request+jws' }), 'jws-malformed'],
  ['lacks what a referral must have', carrying({ content: { referralKind: undefined } }), 'schema-invalid'],
  ['is of an unknown major version', carrying({ content: { schemaVersion: '2.0' } }), 'version-unknown'],
];

const ofLater: readonly (readonly [string, MakeMessage, string])[] = [
  ['an unknown kind', () => sign({ content: { kind: 'recall' } }), 'kind-unknown'],
  [
    'an unknown kind that lacks what a known one has',
    () => sign({ content: { kind: 'notice', referral: undefined, decision: undefined } }),
    'kind-unknown',
  ],
  ['an unknown major version', () => sign({ content: { schemaVersion: '2.0' } }), 'version-unknown'],
  [
    'an unknown major version of an unknown kind',
    () => sign({ content: { schemaVersion: '2.0', kind: 'recall' } }),
    'version-unknown',
  ],
  ['a payload that does not follow the schema', () => sign({ content: { sequence: 0 } }), 'schema-invalid'],
  [
    'a payload that repeats a fact of another form',
    () => sign({ content: { referralId: 'first' } }),
    'schema-invalid',
  ],
];

/** Sends a bad message between two good ones, and expects exactly it to be refused. */
async function expectRefused(bad: Signed, code: string): Promise<void> {
  const [before, after] = [await sign(), await sign()];
  const receipt = await started.hub.deliver(await started.hub.sealParcel([before.jws, bad.jws, after.jws]));
  const takenOf = ({ id, digest }: Signed) => ({ dispatchId: id, digest, outcome: 'accepted', code: null });
  expect([receipt.outcome, receipt.code]).toEqual(['opened', null]);
  expect(receipt.entries).toEqual([
    takenOf(before),
    { dispatchId: bad.id, digest: bad.digest, outcome: 'refused', code },
    takenOf(after),
  ]);
  const { rows } = await started.inbox.query('select id from inbox.dispatch where id = any($1)', [
    [before.id, bad.id, after.id],
  ]);
  expect(new Set(rows.map(({ id }) => id))).toEqual(new Set([before.id, after.id]));
  const events = await started.inbox.query('select code from inbox.security_event where subject_id = $1', [
    bad.id,
  ]);
  expect(events.rows).toEqual([{ code }]);
}

describe('a bad message among good ones is refused by its id, is stored nowhere, and spoils nothing', () => {
  test.each(ofHub)('a dispatch %s', async (_what, make, code) => {
    await expectRefused(await make(), code);
  });

  test.each(ofSender)('a dispatch whose referral %s', async (_what, make, code) => {
    await expectRefused(await make(), code);
  });

  test.each(ofLater)('a dispatch of %s', async (_what, make, code) => {
    await expectRefused(await make(), code);
  });
});

describe('a message without a readable id is refused without an entry', () => {
  test.each([
    [
      'a receipt of the hub in the place of a dispatch',
      () => started.hub.signReceipt({ schemaVersion: '1.0' }),
    ],
    ['a dispatch that is not in the form of the profile', async () => `${(await sign()).jws}A`],
  ])('%s', async (_what, make) => {
    const [good, bad] = [await sign(), await make()];
    const receipt = await started.hub.deliver(await started.hub.sealParcel([bad, good.jws]));
    expect(receipt.entries).toEqual([
      { dispatchId: good.id, digest: good.digest, outcome: 'accepted', code: null },
    ]);
    const { rows } = await started.inbox.query<{ code: string }>(
      'select code from inbox.security_event where subject_id is null order by at desc limit 1',
    );
    expect(rows).toEqual([{ code: 'jws-malformed' }]);
  });
});

describe('the key of a sender is judged by the time at which the hub accepted', () => {
  test.each([
    ['expired since', ({ chat }: Members) => chat.rotatedSince, () => null],
    ['revoked since, and stolen only after', ({ chat }: Members) => chat.stolenSince, () => null],
    [
      'revoked since, and stolen before: it is flagged',
      ({ chat }: Members) => chat.stolenBefore,
      ({ chat }: Members) => chat.stolenBefore.listed.revoked?.since,
    ],
  ])('a key that was %s', async (_what, keyOf, flagOf) => {
    const { id, jws } = await carrying({}, keyOf)();
    const receipt = await started.hub.deliver(await started.hub.sealParcel([jws]));
    expect(receipt.entries).toMatchObject([{ dispatchId: id, outcome: 'accepted' }]);
    const { rows } = await started.inbox.query(
      'select sender_key_revoked_since as flag from inbox.dispatch where id = $1',
      [id],
    );
    expect(rows).toEqual([{ flag: flagOf(started.members) }]);
  });
});

describe('what a later minor version adds is left aside', () => {
  test.each([
    ['of the dispatch', () => sign({ content: { schemaVersion: '1.7', colour: 'blue' } })],
    [
      'inside one of its members',
      () => sign({ content: { sender: { participantId: 'example-chat', kind: 'provider', since: 2019 } } }),
    ],
    ['of the referral', carrying({ content: { schemaVersion: '1.3', mood: 'grey' } })],
  ])('an unknown member %s', async (_what, make) => {
    const { id, digest, jws } = await make();
    const receipt = await started.hub.deliver(await started.hub.sealParcel([jws]));
    expect(receipt.entries).toEqual([{ dispatchId: id, digest, outcome: 'accepted', code: null }]);
    const opened = await fetch(`${started.origin}/v1/dispatches/${id}`);
    expect(opened.status).toBe(200);
  });
});
