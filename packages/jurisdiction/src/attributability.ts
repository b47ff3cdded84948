import type { Certainty, Referral } from '@liaison/contracts';
import type { DecisionInput } from './decision-input.ts';
import { compareCertainty, type Criminal } from './signal.ts';
import { isStale } from './weigh-signals.ts';

type Attributability = Criminal['attributability'];
type NetworkEvent = NonNullable<Referral['networkEvents']>[number];

const levels: readonly Certainty[] = ['none', 'low', 'medium', 'high'];

function lower(level: Certainty): Certainty {
  return levels[Math.max(0, levels.indexOf(level) - 1)] ?? 'none';
}

/** An address of version 4 may be shared by thousands at once: without the port nobody can tell them apart. */
function judgePort({ ipAddress, port, network }: NetworkEvent): Attributability {
  const isShared = !ipAddress.includes(':') && port === undefined;
  if (!isShared) return { level: 'high', reasons: [] };
  return network === 'mobile'
    ? { level: 'low', reasons: ['portMissing', 'mobileNetwork'] }
    : { level: 'medium', reasons: ['portMissing'] };
}

/** Networks behind which no subscriber is found by an address, or only one who rents a machine. */
const fixedJudgements: Readonly<Partial<Record<NonNullable<NetworkEvent['network']>, Attributability>>> = {
  vpnOrProxy: { level: 'none', reasons: ['anonymisingNetwork'] },
  tor: { level: 'none', reasons: ['anonymisingNetwork'] },
  countryRelay: { level: 'none', reasons: ['relayed'] },
  hosting: { level: 'low', reasons: ['dataCentreNetwork'] },
};

function judgeEvent(event: NetworkEvent, { acceptedAt, policy }: DecisionInput): Attributability {
  const fixed = fixedJudgements[event.network ?? 'unknown'];
  if (fixed !== undefined) return fixed;
  const { level, reasons } = judgePort(event);
  // Providers of access keep only for months which address was whose.
  return isStale(event.occurredAt, acceptedAt, policy)
    ? { level: lower(level), reasons: [...reasons, 'stale'] }
    : { level, reasons };
}

function hasVerifiedIdentifier({ persons }: Referral): boolean {
  return (persons ?? []).some(({ identifiers }) =>
    (identifiers ?? []).some(
      ({ type, verified }) => verified === 'yes' && (type === 'phone' || type === 'email'),
    ),
  );
}

/**
 * Judges whether the data can lead to one subscriber: another question than the country, and never part of its answer. The
 * best event decides; a verified telephone number or mail address leads to a subscriber of another kind, and gives medium.
 */
export function judgeAttributability(input: DecisionInput): Attributability {
  const judged = (input.referral.networkEvents ?? []).map((event) => judgeEvent(event, input));
  const level = judged.reduce<Certainty>(
    (best, { level: own }) => (compareCertainty(own, best) > 0 ? own : best),
    'none',
  );
  const reasons =
    judged.length === 0
      ? ['noNetworkEvents']
      : judged.filter((event) => event.level === level).flatMap((event) => event.reasons);
  const isLifted = hasVerifiedIdentifier(input.referral) && compareCertainty(level, 'medium') < 0;
  return {
    level: isLifted ? 'medium' : level,
    reasons: [...new Set([...reasons, ...(isLifted ? ['verifiedIdentifier'] : [])])].toSorted(),
  };
}
