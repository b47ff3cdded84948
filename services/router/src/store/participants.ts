import type { Directory } from '@liaison/contracts';
import type { Queryable } from '@liaison/postgres';

type Participant = Directory['participants'][number];
type Key = Participant['keys'][number];

interface ParticipantRow {
  readonly id: string;
  readonly kind: Participant['kind'];
  readonly name: string;
  readonly country: Participant['country'];
  readonly establishment: Participant['establishment'];
  readonly legal_representative: Participant['legalRepresentative'];
  readonly duty_phone: string | null;
  readonly contact: string | null;
  readonly schema_versions: string[];
  readonly dispatch_kinds: string[];
}

interface KeyRow {
  readonly participant_id: string;
  readonly kid: string;
  readonly use: Key['use'];
  readonly types: Key['types'];
  readonly jwk: Key['jwk'];
  readonly not_before: string;
  readonly not_after: string;
  readonly revoked_since: string | null;
  readonly revoked_at: string | null;
}

function toKey(row: KeyRow): Key {
  const { revoked_since: since, revoked_at: at } = row;
  return {
    kid: row.kid,
    use: row.use,
    types: row.types,
    jwk: row.jwk,
    notBefore: row.not_before,
    notAfter: row.not_after,
    revoked: since === null || at === null ? null : { since, at },
  };
}

function toParticipant(row: ParticipantRow, keys: readonly KeyRow[]): Participant {
  return {
    id: row.id,
    kind: row.kind,
    name: row.name,
    country: row.country,
    establishment: row.establishment,
    legalRepresentative: row.legal_representative,
    ...(row.duty_phone === null ? {} : { dutyPhone: row.duty_phone }),
    ...(row.contact === null ? {} : { contact: row.contact }),
    schemaVersions: row.schema_versions,
    dispatchKinds: row.dispatch_kinds,
    keys: keys.filter((key) => key.participant_id === row.id).map(toKey),
  };
}

/** Everyone who takes part, with all keys, in a fixed order. */
export async function readParticipants(tx: Queryable): Promise<Participant[]> {
  const participants = await tx.query<ParticipantRow>('select * from hub.participant order by id');
  const keys = await tx.query<KeyRow>(
    'select * from hub.participant_key order by participant_id, not_before, kid',
  );
  return participants.rows.map((row) => toParticipant(row, keys.rows));
}
