import type { Referral } from '@liaison/contracts';
import type { LabelledReferral } from './labelled-referral.ts';

/** Ways in which a referral goes wrong at its sender. */
export const spoilings = ['schema', 'guard', 'reference', 'clock', 'key'] as const;
export type Spoiling = (typeof spoilings)[number];

/** A picture of one pixel, as somebody might try to hide it in a note. */
const pixel =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

/** A referral that has to be rejected, in one of the ways that happen. `earlier` is one that is accepted. */
export function spoil(
  spoiling: Spoiling,
  { senderId, referral }: Pick<LabelledReferral, 'senderId' | 'referral'>,
  earlier: LabelledReferral | null,
): LabelledReferral {
  const plain = { senderId, referral, conduct: 'plain', after: null } as const;
  switch (spoiling) {
    case 'schema': {
      // A member that the schema has never had, as an importer of another format would leave it in.
      const withScore = { ...referral, confidence: 0.93 };
      return { ...plain, referral: withScore, label: { kind: 'rejected', problem: 'schema-invalid' } };
    }
    case 'guard': {
      const note: Referral['note'] = { text: `See ${pixel}`, language: 'en' };
      return {
        ...plain,
        referral: { ...referral, note },
        label: { kind: 'rejected', problem: 'guard-refused' },
      };
    }
    case 'clock':
      return { ...plain, conduct: 'clockBehind', label: { kind: 'rejected', problem: 'iat-stale' } };
    case 'key':
      return { ...plain, conduct: 'foreignKey', label: { kind: 'rejected', problem: 'key-unknown' } };
    case 'reference': {
      if (earlier === null) return spoil('clock', { senderId, referral }, null);
      const { providerReference } = earlier.referral;
      const changed = { ...earlier.referral, abuseTypes: ['newMaterial', 'solicitation'] as const };
      return {
        senderId: earlier.senderId,
        referral: changed,
        conduct: 'plain',
        after: providerReference,
        label: { kind: 'rejected', problem: 'reference-reused' },
      };
    }
    default:
      return spoiling satisfies never;
  }
}
