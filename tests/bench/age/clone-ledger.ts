import { createPrivateKey, sign } from 'node:crypto';
import { originOf } from '@liaison/contracts';
import { formatCheckpoint, frontierOf, rootOfFrontier, signNote } from '@liaison/ledger';
import type { Installation } from '@liaison/local';
import type { Queryable } from '@liaison/postgres';
import { sha256 } from '../baseline/bare-events.ts';

const hash = (bytes: Uint8Array): Uint8Array => sha256(bytes);

/** The originals of the log, with the ids in each leaf that a copy replaces. */
export async function prepareLeaves(database: Queryable): Promise<void> {
  await database.query(`
    create table bench.leaf as
    select "position", event_id, referral_id, audience, text, nullif(subject, referral_id) as subject_id
    from (select *, convert_from(leaf, 'utf8') as text,
        case when convert_from(leaf, 'utf8')::jsonb ->> 'subjectId' ~ '^[0-9a-f]{8}-'
          then (convert_from(leaf, 'utf8')::jsonb ->> 'subjectId')::uuid end as subject
      from ledger.leaf) l
    where referral_id is not null`);
}

/** Adds the leaves of copies from number $1 down to number $2, after all positions so far. Each is a real leaf of its own. */
export const cloneLeavesSql = `
  insert into ledger.leaf ("position", event_id, referral_id, audience, leaf, leaf_hash)
  select base + row_number() over (order by k desc, "position") - 1, event_id, referral_id, audience, leaf,
    sha256('\\x00'::bytea || leaf)
  from (
    select k, t."position", m.event_id, m.referral_id, t.audience,
      convert_to(replace(
        replace(replace(t.text, t.event_id::text, m.event_id::text), t.referral_id::text, m.referral_id::text),
        coalesce(t.subject_id::text, '-'), coalesce(m.subject_id::text, '-')), 'utf8') as leaf
    from generate_series($1::bigint, $2::bigint, -1) as k cross join bench.leaf t
    cross join lateral (select bench.moved(t.event_id, k) as event_id, bench.moved(t.referral_id, k) as referral_id,
      bench.moved(t.subject_id, k) as subject_id) m) copies,
    (select coalesce(max("position") + 1, 0) as base from ledger.leaf) as last`;

/** Builds the tree over all leaves, level by level (RFC 6962), and signs it as the log's next checkpoint. @returns its size. */
export async function rebuildTree(database: Queryable, installation: Installation): Promise<number> {
  await database.query('truncate ledger.node');
  const { rows } = await database.query<{ size: number }>(
    'select coalesce(max("position") + 1, 0) as size from ledger.leaf',
  );
  const size = rows[0]?.size ?? 0;
  for (let level = 1; 2 ** level <= size; level += 1) {
    const below =
      level === 1
        ? 'select "position" as place, leaf_hash as hash from ledger.leaf'
        : `select "index" as place, hash from ledger.node where level = ${level - 1}`;
    await database.query(`
      insert into ledger.node (level, "index", hash)
      select ${level}, place / 2, sha256('\\x01'::bytea || hash || next)
      from (select place, hash, lead(hash) over (order by place) as next from (${below}) b) pairs
      where place % 2 = 0 and next is not null`);
  }
  await signTree(database, installation, size);
  return size;
}

async function signTree(database: Queryable, installation: Installation, size: number): Promise<void> {
  const frontier: Uint8Array[] = [];
  for (const { level, index } of frontierOf(size)) {
    const { rows } = await database.query<{ hash: Uint8Array }>(
      level === 0
        ? 'select leaf_hash as hash from ledger.leaf where "position" = $1'
        : `select hash from ledger.node where level = ${level} and "index" = $1`,
      [index],
    );
    const found = rows[0]?.hash;
    if (found === undefined) throw new TypeError('a complete subtree is missing');
    frontier.push(found);
  }
  const root = rootOfFrontier(frontier, hash);
  const origin = originOf(installation.instance);
  const { x, d } = installation.hub.logKey;
  const key = createPrivateKey({ key: { kty: 'OKP', crv: 'Ed25519', x, d }, format: 'jwk' });
  const signer = {
    name: origin,
    publicKey: new Uint8Array(Buffer.from(x, 'base64url')),
    sign: (message: Uint8Array) => sign(null, message, key),
  };
  const note = await signNote({ text: formatCheckpoint({ origin, size, root }), signer, digest: hash });
  await database.query(
    `insert into ledger.checkpoint (size, previous_size, root, note, signed_at)
     select $1, (select max(size) from ledger.checkpoint), $2, $3, now()`,
    [size, root, note],
  );
}
