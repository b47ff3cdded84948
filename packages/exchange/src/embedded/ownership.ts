import type { Log, Sleep } from '@liaison/postgres';

import { ExchangeError } from '../exchange-error.ts';
import type { Member, Statements } from './statements.ts';

/** Which topics this member of a group may read now. Only one member reads a topic at a time. */
export interface Ownership {
  owns(topic: string): boolean;
  /** Claims what nobody holds, and renews what we hold; once all has been let go of, nothing any more. */
  claim(): Promise<void>;
  /** Another member reads it. */
  lose(topic: string): void;
  /** Renews until the signal is aborted, then lets go of everything. */
  keep(signal: AbortSignal): Promise<void>;
}

export interface OwnershipOptions {
  readonly statements: Pick<Statements, 'claim' | 'release'>;
  readonly member: Member;
  readonly topics: () => readonly string[];
  /** Something came into our hands. */
  readonly onGained: () => void;
  readonly log: Log;
  readonly now: () => number;
  readonly sleep: Sleep;
}

/** The topics of a member that died are free after this time. */
const leaseMs = 6_000;
const renewMs = 2_000;
/** We stop believing in a lease before the exchange does: the two measure time apart from each other. */
const marginMs = 1_000;

export function createOwnership(options: OwnershipOptions): Ownership {
  const { statements, member, topics, onGained, log, now, sleep } = options;
  const heldUntil = new Map<string, number>();
  const claims = new Set<Promise<void>>();
  let isOver = false;

  const claimNow = async () => {
    const startedAt = now();
    const held = new Set(await statements.claim(topics(), { ...member, leaseMs }));
    let hasGained = false;
    for (const topic of topics()) {
      if (held.has(topic)) {
        hasGained ||= !heldUntil.has(topic);
        heldUntil.set(topic, startedAt + leaseMs - marginMs);
      } else if (heldUntil.delete(topic)) {
        log.warn('exchange-topic-lost', { topic, group: member.group });
      }
    }
    if (hasGained) onGained();
  };

  const claim = async () => {
    if (isOver) return;
    const claiming = claimNow();
    claims.add(claiming);
    try {
      await claiming;
    } finally {
      claims.delete(claiming);
    }
  };

  return {
    owns: (topic) => (heldUntil.get(topic) ?? 0) > now(),
    claim,
    lose(topic) {
      heldUntil.delete(topic);
    },
    async keep(signal) {
      while (!signal.aborted) {
        await sleep(renewMs, signal);
        if (signal.aborted) break;
        try {
          await claim();
        } catch (error) {
          const code = error instanceof ExchangeError ? error.code : null;
          log.warn('exchange-claim-failed', { group: member.group, code });
        }
      }
      // A claim that came after would keep the topic from everybody until its lease ends.
      isOver = true;
      await Promise.allSettled(claims);
      // If this fails the leases end by themselves.
      await statements.release([...heldUntil.keys()], member).catch(() => undefined);
      heldUntil.clear();
    },
  };
}
