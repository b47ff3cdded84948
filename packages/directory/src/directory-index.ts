import type { Directory, MemberState } from '@liaison/contracts';

/** One participant of the directory. */
export type Participant = Directory['participants'][number];
/** One key of a participant. */
export type DirectoryKey = Participant['keys'][number];

/** A directory made ready for look-ups. */
export interface DirectoryIndex {
  readonly document: Directory;
  readonly issuedAtMs: number;
  readonly expiresAtMs: number;
  /** The participant of that id. */
  participant(id: string): Participant | undefined;
  /** The key of that thumbprint, if it is that participant's. */
  key(participantId: string, kid: string): DirectoryKey | undefined;
  /** The law-enforcement contact point of a Member State. */
  contactPointOf(state: MemberState): Participant | undefined;
}

/** Indexes a directory that has been verified and validated. */
export function indexDirectory(document: Directory): DirectoryIndex {
  const participants = new Map(document.participants.map((participant) => [participant.id, participant]));
  const keys = new Map(
    document.participants.flatMap(({ id, keys: own }) => own.map((key) => [`${id} ${key.kid}`, key])),
  );
  const contactPoints = new Map(
    document.participants
      .filter(({ kind }) => kind === 'lawEnforcement')
      .map((participant) => [participant.country, participant]),
  );
  return {
    document,
    issuedAtMs: Date.parse(document.issuedAt),
    expiresAtMs: Date.parse(document.expiresAt),
    participant: (id) => participants.get(id),
    key: (participantId, kid) => keys.get(`${participantId} ${kid}`),
    contactPointOf: (state) => contactPoints.get(state),
  };
}
