import type { Decision, Referral, RoutingPolicy } from '@liaison/contracts';

/**
 * States urgency as claimed, and the hub's own judgement (Article 48(4)). A claim is passed on as it is and judged later:
 * nothing may wait for that. Without a claim the policy's circumstances decide.
 */
export function viewUrgency(
  { urgency, circumstances }: Referral,
  policy: RoutingPolicy,
): Decision['urgency'] {
  if (urgency.claimed) return { claimed: true, hub: null };
  const urgent: readonly string[] = policy.urgentCircumstances;
  return { claimed: false, hub: (circumstances ?? []).some((code) => urgent.includes(code)) };
}
