import type { Membership } from '@liaison/contracts';

/** What of a membership document says whom to believe. */
export type MemberTrust = Pick<Membership, 'participantId' | 'instance' | 'hub' | 'anchors' | 'log'>;
