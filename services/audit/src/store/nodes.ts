import type { ReadNodes, TreeNode } from '@liaison/ledger';
import type { Queryable } from '@liaison/postgres';

/** Adds complete subtrees; those of one leaf lie with the leaves. */
export async function insertNodes(tx: Queryable, nodes: readonly TreeNode[]): Promise<void> {
  const inner = nodes.filter(({ level }) => level > 0);
  if (inner.length === 0) return;
  await tx.query({
    name: 'audit-insert-nodes',
    text: `
      insert into ledger.node (level, "index", hash)
      select * from unnest($1::smallint[], $2::bigint[], $3::bytea[])`,
    values: [inner.map(({ level }) => level), inner.map(({ index }) => index), inner.map(({ hash }) => hash)],
  });
}

/** Reads complete subtrees in one statement, in the order asked; leaves out those that are not there. */
export function createReadNodes(database: Queryable): ReadNodes {
  return async (coordinates) => {
    if (coordinates.length === 0) return [];
    // A look-up by key for each, whatever the planner thinks of the tables' sizes.
    const { rows } = await database.query<{ hash: Uint8Array | null }>({
      name: 'audit-read-nodes',
      text: `
        select case wanted.level
          when 0 then (select l.leaf_hash from ledger.leaf l where l."position" = wanted."index")
          else (select n.hash from ledger.node n where n.level = wanted.level and n."index" = wanted."index")
        end as hash
        from unnest($1::smallint[], $2::bigint[]) with ordinality as wanted (level, "index", place)
        order by wanted.place`,
      values: [coordinates.map(({ level }) => level), coordinates.map(({ index }) => index)],
    });
    return rows.flatMap(({ hash }) => (hash === null ? [] : [hash]));
  };
}
