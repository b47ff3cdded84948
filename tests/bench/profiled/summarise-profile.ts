import type { Profiler } from 'node:inspector';

/** Where a process spent its main thread's time, milliseconds. */
export interface ProfileSummary {
  /** All but idle. */
  readonly activeMs: number;
  /** In `packages/seal`, in node-jose, and in what these call. */
  readonly joseMs: number;
  /** Own time of each package, the largest first. */
  readonly packages: readonly { readonly name: string; readonly ms: number }[];
}

const shownPackages = 14;

/** The package that a frame's file belongs to; null for frames without one. */
function packageOf(url: string): string | null {
  const npm = /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(url)?.[1];
  if (npm !== undefined) return npm;
  const own =
    /\/((?:packages|services|contracts|tests)(?:\/[a-z-]+)?)\/(?:src|generated|bench|profiled)/.exec(
      url,
    )?.[1];
  if (own !== undefined) return own;
  const core = /^node:(?:internal\/)?([a-z_]+)/.exec(url)?.[1];
  return core === undefined ? null : `node:${core}`;
}

function isJose(name: string | null): boolean {
  return name === 'packages/seal' || name === 'node-jose';
}

/** Sums up a processor profile: JOSE with all that it calls, and every package's own time. */
export function summariseProfile(profile: Profiler.Profile): ProfileSummary {
  const selfUs = new Map<number, number>();
  for (const [index, id] of (profile.samples ?? []).entries()) {
    selfUs.set(id, (selfUs.get(id) ?? 0) + (profile.timeDeltas?.[index] ?? 0));
  }
  const nodes = new Map(profile.nodes.map((node) => [node.id, node]));
  const own = new Map<string, number>();
  let activeUs = 0;
  let joseUs = 0;
  // Nodes form a tree whose first is the root; what native code does counts for whoever called it.
  const rest = profile.nodes.slice(0, 1).map(({ id }) => ({ id, owner: '(program)', jose: false }));
  for (let at = rest.pop(); at !== undefined; at = rest.pop()) {
    const node = nodes.get(at.id);
    if (node === undefined) continue;
    const { functionName, url } = node.callFrame;
    const name = packageOf(url);
    const isSpecial = /^\((?:garbage collector|program|idle)\)$/.test(functionName);
    const owner = isSpecial ? functionName : (name ?? at.owner);
    const jose = at.jose || isJose(name);
    // The profiler's own beginning and end are nobody's work.
    const isWork = functionName !== '(idle)' && owner !== 'node:inspector';
    const us = isWork ? (selfUs.get(at.id) ?? 0) : 0;
    activeUs += us;
    if (jose) joseUs += us;
    own.set(owner, (own.get(owner) ?? 0) + us);
    for (const id of node.children ?? []) rest.push({ id, owner, jose });
  }
  const packages = [...own]
    .map(([name, us]) => ({ name, ms: Math.round(us / 1000) }))
    .sort((left, right) => right.ms - left.ms)
    .slice(0, shownPackages);
  return { activeMs: Math.round(activeUs / 1000), joseMs: Math.round(joseUs / 1000), packages };
}
