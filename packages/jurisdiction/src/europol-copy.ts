import type { RoutingPolicy } from '@liaison/contracts';
import type { Criminal } from './signal.ts';

/**
 * Decides Europol's copy: by law beside the Member States, alone where none is certain enough (Article 48(3)); left out
 * beside Member States only by a departure that the policy names; never for what is manifestly unfounded.
 */
export function decideEuropolCopy(outcome: Criminal['outcome'], policy: RoutingPolicy): Criminal['europol'] {
  if (outcome === 'manifestlyUnfounded') return { addressed: false, rule: 'notForwarded' };
  if (outcome === 'europolOnly') return { addressed: true, rule: 'europolOnly' };
  return policy.europolCopy.enabled
    ? { addressed: true, rule: 'article48Copy' }
    : { addressed: false, rule: 'namedDeparture' };
}
