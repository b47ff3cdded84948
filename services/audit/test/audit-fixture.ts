import { randomBytes } from 'node:crypto';
import { createMetrics, createNewId, passPoint, systemClock } from '@liaison/service';
import { expect, onTestFinished } from 'vitest';
import { createAudit, type AuditDeps } from '../src/index.ts';
import type { Hub } from './hub-fixture.ts';
import { logKey, origin, recordLog, type RecordedLog } from './log-fixture.ts';

/** The service, running against a hub's database. */
export interface TestAudit {
  /** Origins of the three listeners. */
  readonly log: string;
  readonly entries: string;
  readonly operations: string;
  readonly recorded: RecordedLog;
  close(): Promise<void>;
}

/** What the service is made of in tests. */
export function auditDeps(hub: Hub, changes: Partial<AuditDeps> = {}): AuditDeps {
  return {
    database: hub.connectAudit(),
    databaseUrl: hub.auditUrl,
    log: recordLog(),
    clock: systemClock,
    newId: createNewId(systemClock, randomBytes),
    reach: passPoint,
    origin,
    logKey,
    host: '127.0.0.1',
    port: 0,
    entriesHost: '127.0.0.1',
    entriesPort: 0,
    operationsPort: 0,
    metrics: createMetrics('audit'),
    ...changes,
  };
}

/** Starts the service until the test is over. */
export async function startAudit(hub: Hub, changes: Partial<AuditDeps> = {}): Promise<TestAudit> {
  const recorded = recordLog();
  const service = await createAudit(auditDeps(hub, { log: recorded, ...changes }));
  let closed: Promise<void> | undefined;
  const close = async (): Promise<void> => (closed ??= service.close());
  onTestFinished(close);
  const { log = '', entries = '', operations = '' } = service.addresses;
  return { log, entries, operations, recorded, close };
}

/** Waits until the log has this size. */
export async function untilSize(audit: TestAudit, size: number): Promise<void> {
  await expect
    .poll(async () => (await fetch(`${audit.log}/v1/log/checkpoint`)).text(), {
      timeout: 10_000,
      interval: 20,
    })
    .toContain(`\n${size}\n`);
}
