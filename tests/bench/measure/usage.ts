import type { RunningLocal } from '@liaison/local';
import { namesOf } from '@liaison/local';
import type { Queryable } from '@liaison/postgres';
import { cpuMsOf, peakResidentMbOf, readServerCpu, readServerShareMb } from './process-usage.ts';

/** Processor time by part, milliseconds. */
export interface CpuByPart {
  readonly submissionApi: number;
  readonly router: number;
  readonly audit: number;
  readonly contactPoints: number;
  readonly postgres: number;
  /** Of that: sessions of the hub's database, of the exchange, of the contact points' databases, and all else. */
  readonly postgresParts: {
    readonly hub: number;
    readonly exchange: number;
    readonly contactPoints: number;
    /** Checkpoints, write-ahead log, autovacuum, and sessions that have ended. */
    readonly rest: number;
  };
  readonly load: number;
  /** Of a Kafka; 0 where there is none. */
  readonly brokers: number;
}

/** A moment of a run, to be held against a later one. */
export interface UsageMoment {
  readonly atMs: number;
  readonly cpu: CpuByPart;
  readonly serverByPid: ReadonlyMap<number, number>;
}

function pidOf(local: RunningLocal, name: string): number {
  return local.children.find((child) => child.name === name)?.pid() ?? 0;
}

function brokersOf(local: RunningLocal): { readonly id: number; readonly pid: number }[] {
  return (local.exchange.kafka?.brokers ?? []).map((broker) => ({ id: broker.id, pid: broker.pid() ?? 0 }));
}

/** Processes that are measured besides those that the supervisor knows. */
export interface OtherProcesses {
  readonly load: number;
  /** Contact points in processes of their own. */
  readonly contactPoints?: readonly number[];
}

type ServerPart = keyof CpuByPart['postgresParts'];

async function partsByPid(hub: Queryable, local: RunningLocal): Promise<ReadonlyMap<number, ServerPart>> {
  const { hubDatabase, exchangeDatabase } = namesOf(local.installation);
  const { rows } = await hub.query<{ pid: number; name: string | null }>(
    'select pid, datname as name from pg_stat_activity where pid <> pg_backend_pid()',
  );
  const partOf = (name: string | null): ServerPart => {
    if (name === hubDatabase) return 'hub';
    if (name === exchangeDatabase) return 'exchange';
    return name === null ? 'rest' : 'contactPoints';
  };
  return new Map(rows.map(({ pid, name }) => [pid, partOf(name)]));
}

/** Reads the processor time of every part now. */
export async function readUsage(
  local: RunningLocal,
  hub: Queryable,
  others: OtherProcesses,
): Promise<UsageMoment> {
  const parts = await partsByPid(hub, local);
  const server = readServerCpu(local.databasePid() ?? 0);
  const postgresParts = { hub: 0, exchange: 0, contactPoints: 0, rest: 0 };
  for (const [pid, cpuMs] of server.byPid) postgresParts[parts.get(pid) ?? 'rest'] += cpuMs;
  const told = postgresParts.hub + postgresParts.exchange + postgresParts.contactPoints;
  postgresParts.rest = server.totalMs - told;
  const ownContactPoints = (others.contactPoints ?? []).reduce((sum, pid) => sum + cpuMsOf(pid), 0);
  return {
    atMs: Date.now(),
    serverByPid: server.byPid,
    cpu: {
      submissionApi: cpuMsOf(pidOf(local, 'submission-api')),
      router: cpuMsOf(pidOf(local, 'router')),
      audit: cpuMsOf(pidOf(local, 'audit')),
      contactPoints: cpuMsOf(pidOf(local, 'contact-points')) + ownContactPoints,
      postgres: server.totalMs,
      postgresParts,
      load: cpuMsOf(others.load),
      brokers: brokersOf(local).reduce((sum, { pid }) => sum + cpuMsOf(pid), 0),
    },
  };
}

function mapCpu(left: CpuByPart, right: CpuByPart, of: (left: number, right: number) => number): CpuByPart {
  const parts = { left: left.postgresParts, right: right.postgresParts };
  return {
    submissionApi: of(left.submissionApi, right.submissionApi),
    router: of(left.router, right.router),
    audit: of(left.audit, right.audit),
    contactPoints: of(left.contactPoints, right.contactPoints),
    postgres: of(left.postgres, right.postgres),
    postgresParts: {
      hub: of(parts.left.hub, parts.right.hub),
      exchange: of(parts.left.exchange, parts.right.exchange),
      contactPoints: of(parts.left.contactPoints, parts.right.contactPoints),
      rest: of(parts.left.rest, parts.right.rest),
    },
    load: of(left.load, right.load),
    brokers: of(left.brokers, right.brokers),
  };
}

/** What was used between two moments, for each of so many referrals, milliseconds. */
export function usagePerReferral(from: UsageMoment, to: UsageMoment, referrals: number): CpuByPart {
  const share = (left: number, right: number): number =>
    Math.round(((right - left) / Math.max(1, referrals)) * 1000) / 1000;
  return mapCpu(from.cpu, to.cpu, share);
}

/** The most memory of each process, megabytes; that of PostgreSQL as it is now, null where it may not be read. */
export function residentMb(
  local: RunningLocal,
  others: OtherProcesses,
): Readonly<Record<string, number | null>> {
  const own = local.children.map((child) => [child.name, peakResidentMbOf(child.pid() ?? 0)] as const);
  return {
    ...Object.fromEntries(own),
    'load generator': peakResidentMbOf(others.load),
    ...Object.fromEntries(brokersOf(local).map(({ id, pid }) => [`broker ${id}`, peakResidentMbOf(pid)])),
    'PostgreSQL, now': readServerShareMb(local.databasePid() ?? 0),
  };
}
