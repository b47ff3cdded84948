import type { Referral } from '@liaison/contracts';
import { referralOf, submitAccepted, untilDispatches, type SignChanges } from './submitting.ts';
import { createTestHub, type TestHub } from './test-hub.ts';

/** A hub, and an officer's inbox in Belgium. */
export interface InboxDesk {
  readonly hub: TestHub;
  /** Address of the contact point of Belgium. */
  readonly origin: string;
  /** Address of the inbox. */
  readonly inbox: string;
  /** Address of the inbox of the Netherlands. */
  readonly dutchInbox: string;
  /** Has a referral accepted and delivered. @returns the dispatch that Belgium got. */
  receive(referral: Referral, changes?: SignChanges): Promise<string>;
  /** What the hub has recorded of answers to a dispatch. */
  readFeedback(dispatchId: string): Promise<readonly string[]>;
  close(): Promise<void>;
}

/** Opens the desk. */
export async function openInboxDesk(): Promise<InboxDesk> {
  const hub = await createTestHub({ states: ['BE', 'FR', 'NL'] });
  const origin = await hub.startContactPoint('cp-be');
  const dutchOrigin = await hub.startContactPoint('cp-nl');
  for (const other of ['cp-fr', 'europol']) await hub.startContactPoint(other);
  return {
    hub,
    origin,
    inbox: `${origin}/inbox`,
    dutchInbox: `${dutchOrigin}/inbox`,
    async receive(referral, changes) {
      const referralId = await submitAccepted(hub, referral, changes);
      await untilDispatches(hub, referralId, 'receipted');
      const { rows } = await hub.database.query<{ id: string }>(
        `select id from hub.dispatch where referral_id = $1 and addressee_id = 'cp-be'`,
        [referralId],
      );
      return rows[0]?.id ?? '';
    },
    async readFeedback(dispatchId) {
      const { rows } = await hub.database.query<{ kind: string }>(
        'select kind from hub.feedback where dispatch_id = $1 order by sequence',
        [dispatchId],
      );
      return rows.map(({ kind }) => kind);
    },
    close: () => hub.close(),
  };
}

/** A referral of which everything that an officer reads is filled in. */
export function fullReferralOf(
  hub: TestHub,
  reference: string,
  changes: Partial<Referral> & Readonly<Record<string, unknown>> = {},
): Referral {
  const ago = (hours: number): string => new Date(hub.clock.nowMs() - hours * 3_600_000).toISOString();
  const ahead = (days: number): string => new Date(hub.clock.nowMs() + days * 86_400_000).toISOString();
  return referralOf(hub, reference, {
    abuseTypes: ['solicitation', 'newMaterial'],
    circumstances: ['ongoingContact', 'meetingPlanned'],
    urgency: {
      claimed: true,
      grounds: ['imminentMeeting'],
      statement: { text: 'A meeting was named for this evening.', language: 'en' },
    },
    awareness: { manner: 'userFlag', methods: ['person'], humanReview: 'contentViewed' },
    service: {
      types: ['interpersonalCommunications'],
      name: 'Example Chat',
      url: 'https://chat.example/',
    },
    occurredFrom: ago(30),
    items: [
      {
        itemId: 'i1',
        mediaType: 'text',
        count: 12,
        evidenceReference: 'EX-2026-11-1',
        viewedByPerson: 'yes',
        preservedUntil: ahead(40),
      },
      {
        itemId: 'i2',
        mediaType: 'image',
        evidenceReference: 'EX-2026-11-2',
        viewedByPerson: 'no',
        matchBasis: 'none',
        digests: [{ algorithm: 'sha256', value: '5f'.repeat(32) }],
        preservedUntil: ahead(300),
      },
    ],
    persons: [
      {
        personId: 'p1',
        role: 'reportedUser',
        mayBeChild: 'unknown',
        identifiers: [
          { type: 'username', value: 'river_stone', verified: 'no' },
          { type: 'profileUrl', value: 'https://chat.example/u/river_stone', verified: 'yes' },
        ],
        places: [{ kind: 'declared', country: 'BE', postalCode: '1000', verified: 'no' }],
        languages: ['fr', 'nl'],
        createdAt: ago(9_000),
      },
      { personId: 'p2', role: 'personAppearingToBeVictim', mayBeChild: 'yes', ageBand: '13to15' },
    ],
    networkEvents: [
      {
        event: 'send',
        ipAddress: '192.0.2.17',
        occurredAt: ago(3),
        port: 40_112,
        personId: 'p1',
        network: 'residential',
      },
      { event: 'login', ipAddress: '192.0.2.18', occurredAt: ago(50), personId: 'p1', network: 'mobile' },
    ],
    links: [{ relation: 'sameAccount', namespace: 'ncmec', value: '19283746' }],
    note: { text: 'Le compte a été bloqué ce matin.', language: 'fr' },
    ...changes,
  });
}

/** The address of a hotline, of which no page may show more than it was asked for. */
export const hotlineUrl = 'https://material.example/gallery/77?set=3';

/** A referral of a hotline. */
export function hotlineReferralOf(hub: TestHub, reference: string): Referral {
  const at = new Date(hub.clock.nowMs() - 3_600_000).toISOString();
  return {
    schemaVersion: '1.0',
    referralKind: 'hotlineReferral',
    providerReference: reference,
    issuedAt: at,
    legalBasis: { instrument: 'hotlineMandate' },
    reporter: { participantId: 'example-hotline' },
    abuseTypes: ['notDetermined'],
    urgency: { claimed: false },
    awareness: { manner: 'hotlineOrTrustedFlagger', humanReview: 'contentViewed' },
    urls: [
      {
        url: hotlineUrl,
        checkedAt: at,
        hostingBasis: 'hotlineTrace',
        ipAddress: '192.0.2.20',
        hostingCountry: 'BE',
        cdnFronted: 'no',
        state: 'online',
        assessment: 'baseline',
      },
    ],
  };
}
