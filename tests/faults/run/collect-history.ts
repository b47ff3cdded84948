import { createHash } from 'node:crypto';
import { originOf } from '@liaison/contracts';
import {
  appendLeaves,
  decodeBase64Url,
  decodeLeaf,
  hashLeaf,
  parseCheckpoint,
  parseVerifierKey,
  verifyLogExport,
} from '@liaison/ledger';
import { addressesOf, logKeyOf, verifyEd25519, type Answered, type RunningLocal } from '@liaison/local';
import { digestOf } from '@liaison/seal';
import { readHub, readInbox } from '../../setup/history.ts';
import type {
  ContactPointHistory,
  History,
  HubHistory,
  LedgerHistory,
  Submission,
} from '../checker/history.ts';

const sha256 = (bytes: Uint8Array): Uint8Array => createHash('sha256').update(bytes).digest();

function payloadOf<Payload>(jws: string): Payload {
  return JSON.parse(Buffer.from(jws.split('.')[1] ?? '', 'base64url').toString()) as Payload;
}

function toSubmission({ labelled, referralId, receipt, status }: Answered): Submission {
  const { senderId, referral, label } = labelled;
  const accepted =
    referralId === null || receipt === null
      ? null
      : { referralId, leaf: payloadOf<{ ledger: { leaf: string } }>(receipt).ledger.leaf };
  const isRefused = status >= 400 && status < 500;
  return {
    senderId,
    reference: referral.providerReference,
    digest: digestOf(Buffer.from(JSON.stringify(referral))),
    answer: accepted === null ? { kind: isRefused ? 'refused' : 'none' } : { kind: 'accepted', ...accepted },
    addressees: label.kind === 'accepted' ? label.addressees : null,
  };
}

async function readHubHistory(local: RunningLocal): Promise<HubHistory> {
  return {
    referrals: await readHub(
      local,
      `select id, sender_id as "senderId", provider_reference as reference, payload_digest as digest from hub.referral`,
    ),
    dispatches: await readHub(
      local,
      `select id, referral_id as "referralId", addressee_id as "addresseeId", "sequence", digest, state, answer,
         answer_sequence as "answerSequence" from hub.dispatch`,
    ),
    feedback: await readHub(
      local,
      `select id as "feedbackId", dispatch_id as "dispatchId", "sequence", kind, digest from hub.feedback`,
    ),
  };
}

type Effect = 'acknowledged' | 'declined' | 'closed' | null;

function effectOf(payload: { readonly kind: string; readonly closed?: boolean }): Effect {
  if (payload.kind === 'acknowledged' || payload.kind === 'declined') return payload.kind;
  if (payload.kind === 'outcome') return payload.closed === true ? 'closed' : 'acknowledged';
  return null;
}

async function readContactPoint(local: RunningLocal, id: string): Promise<ContactPointHistory> {
  const parcels = await readInbox<{ receipt: string }>(local, id, 'select receipt from inbox.parcel');
  const answers = await readInbox<{
    feedbackId: string;
    dispatchId: string;
    sequence: number;
    kind: string;
    digest: string;
    jws: string;
  }>(
    local,
    id,
    `select feedback_id as "feedbackId", dispatch_id as "dispatchId", "sequence", kind, digest, jws from inbox.answer`,
  );
  return {
    id,
    dispatches: await readInbox(
      local,
      id,
      `select id, referral_id as "referralId", "sequence", digest from inbox.dispatch`,
    ),
    receipted: parcels.flatMap(
      ({ receipt }) => payloadOf<{ entries: ContactPointHistory['receipted'] }>(receipt).entries,
    ),
    answers: answers.map(({ jws, ...answer }) => ({ ...answer, effect: effectOf(payloadOf(jws)) })),
  };
}

async function* toLines(lines: readonly string[]): AsyncGenerator<string> {
  for (const line of lines) yield await Promise.resolve(line);
}

/** Roots of the log at these sizes, worked out anew from its leaves. */
function rootsAt(leaves: readonly Uint8Array[], sizes: ReadonlySet<number>): Record<number, string> {
  const roots: Record<number, string> = {};
  let tree: { readonly size: number; readonly frontier: readonly Uint8Array[] } = { size: 0, frontier: [] };
  for (const leaf of leaves) {
    const appended = appendLeaves({ ...tree, leafHashes: [hashLeaf(leaf, sha256)], sha256 });
    tree = appended;
    if (sizes.has(appended.size)) roots[appended.size] = Buffer.from(appended.root).toString('base64');
  }
  return roots;
}

async function readLedger(local: RunningLocal, seen: ReadonlySet<string>): Promise<LedgerHistory> {
  const key = await parseVerifierKey(await logKeyOf(local.installation), sha256);
  if (!key.ok) throw new Error('the log key does not parse');
  const text = await (await fetch(`${addressesOf(local.ports).entries}/log/export`)).text();
  const lines = text.split('\n').filter((line) => line !== '');
  const result = await verifyLogExport(toLines(lines), {
    origin: originOf(local.installation.instance),
    verifierKeys: [key.key],
    digest: sha256,
    verify: verifyEd25519,
    earlierCheckpoints: [...seen].slice(-60),
  });
  const leaves = lines
    .map((line) => JSON.parse(line) as { kind: string; position?: number; leaf?: string })
    .filter(({ kind }) => kind === 'leaf');
  const checkpointsSeen = [...seen].flatMap((note) => {
    // The text before the signatures (C2SP signed-note).
    const checkpoint = parseCheckpoint(note.slice(0, note.indexOf('\n\n') + 1));
    return checkpoint === undefined
      ? []
      : [{ size: checkpoint.size, root: Buffer.from(checkpoint.root).toString('base64') }];
  });
  const sizes = new Set(checkpointsSeen.map(({ size }) => size));
  return {
    verifies: result.ok,
    size: result.ok ? result.checkpoint.size : leaves.length,
    leaves: leaves.map(({ position = -1, leaf = '' }) => {
      const decoded = decodeLeaf(decodeBase64Url(leaf) ?? new Uint8Array());
      const { type, subjectId } = decoded.ok ? decoded.event : { type: 'undecodable', subjectId: leaf };
      return { position, leaf, type, subjectId };
    }),
    roots: rootsAt(
      leaves.map(({ leaf = '' }) => decodeBase64Url(leaf) ?? new Uint8Array()),
      sizes,
    ),
    checkpointsSeen,
  };
}

/** Collects what everybody has recorded, once nothing is under way any more. */
export async function collectHistory(
  local: RunningLocal,
  records: {
    readonly answers: readonly Answered[];
    readonly holderIds: readonly string[];
    readonly checkpoints: ReadonlySet<string>;
  },
): Promise<History> {
  return {
    submissions: records.answers.map(toSubmission),
    hub: await readHubHistory(local),
    contactPoints: await Promise.all(records.holderIds.map((id) => readContactPoint(local, id))),
    ledger: await readLedger(local, records.checkpoints),
  };
}
