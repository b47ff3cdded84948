import type { Queryable } from '@liaison/postgres';

/** A participant, of whom everything here is public. */
export interface FoundParticipant {
  readonly id: string;
  readonly kind: string;
  readonly name: string;
  readonly country: string | null;
}

/** The participants with these ids. */
export async function readParticipants(
  tx: Queryable,
  ids: readonly string[],
): Promise<readonly FoundParticipant[]> {
  const { rows } = await tx.query<FoundParticipant>({
    name: 'audit-read-participants',
    text: 'select id, kind, name, country from audit.participant where id = any($1)',
    values: [[...new Set(ids)]],
  });
  return rows;
}
