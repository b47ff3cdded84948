import { createPrivateKey, sign, type KeyObject } from 'node:crypto';
import type { Installation } from '@liaison/local';
import { appendLeaves, hashLeaf } from '@liaison/ledger';
import type { BarePlaces } from './bare-places.ts';
import { sha256 } from './bare-events.ts';

interface TakenRow {
  readonly event_id: string;
  readonly referral_id: string;
  readonly audience: string | null;
  readonly leaf: Buffer;
}

/** Sequences what waits: one writer, which keeps the tree in its memory. */
export function createBareSequencer(places: BarePlaces, installation: Installation) {
  const { x, d } = installation.hub.logKey;
  const key: KeyObject = createPrivateKey({ key: { kty: 'OKP', crv: 'Ed25519', x, d }, format: 'jwk' });
  const hash = (bytes: Uint8Array): Uint8Array => sha256(bytes);
  let tree: { size: number; frontier: readonly Uint8Array[] } = { size: 0, frontier: [] };
  let previousSize: number | null = null;

  const sequence = async (): Promise<number> => {
    const client = await places.hub.connect();
    try {
      await client.query('begin');
      const { rows } = await client.query<TakenRow>({
        name: 'take',
        text: `with taken as (
            delete from ledger.pending where id = any(array(select id from ledger.pending order by id limit 1000))
            returning id, event_id, referral_id, audience, leaf)
          select event_id, referral_id, audience, leaf from taken order by id`,
      });
      if (rows.length === 0) {
        await client.query('commit');
        return 0;
      }
      const leafHashes = rows.map(({ leaf }) => hashLeaf(leaf, hash));
      const appended = appendLeaves({ ...tree, leafHashes, sha256: hash });
      await client.query({
        name: 'leaves',
        text: `insert into ledger.leaf ("position", event_id, referral_id, audience, leaf, leaf_hash)
          select * from unnest($1::bigint[], $2::uuid[], $3::uuid[], $4::text[], $5::bytea[], $6::bytea[])`,
        values: [
          rows.map((_row, index) => tree.size + index),
          rows.map((row) => row.event_id),
          rows.map((row) => row.referral_id),
          rows.map(({ audience }) => audience),
          rows.map(({ leaf }) => leaf),
          leafHashes.map((one) => Buffer.from(one)),
        ],
      });
      const inner = appended.nodes.filter(({ level }) => level > 0);
      await client.query({
        name: 'nodes',
        text: `insert into ledger.node (level, "index", hash)
          select * from unnest($1::smallint[], $2::bigint[], $3::bytea[])`,
        values: [
          inner.map(({ level }) => level),
          inner.map(({ index }) => index),
          inner.map(({ hash: bytes }) => Buffer.from(bytes)),
        ],
      });
      const text = `origin\n${appended.size}\n${Buffer.from(appended.root).toString('base64')}\n`;
      const note = `${text}\n— origin ${sign(null, Buffer.from(text), key).toString('base64')}\n`;
      await client.query({
        name: 'checkpoint',
        text: `insert into ledger.checkpoint (size, previous_size, root, note, signed_at)
          values ($1, $2, $3, $4, now())`,
        values: [appended.size, previousSize, Buffer.from(appended.root), note],
      });
      await client.query('commit');
      tree = { size: appended.size, frontier: appended.frontier };
      previousSize = appended.size;
      return rows.length;
    } finally {
      client.release();
    }
  };
  let last: Promise<number> = Promise.resolve(0);
  return {
    /** One at a time: positions have no gaps. */
    sequence(): Promise<number> {
      last = last.then(sequence);
      return last;
    },
  };
}
