import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Referral } from '@liaison/contracts';
import { namesOf, type RunningLocal } from '@liaison/local';
import { vi } from 'vitest';
import { createAsking, type Answered, type Asking } from './asking.ts';
import { closeTable, killWhileAccepting, type ClosedTable } from './broken-database.ts';
import { readHub } from './history.ts';
import { newLocalId } from './local-messages.ts';
import { untilDispatched } from './local-work.ts';
import { plantedReferrals } from './planted-referrals.ts';
import { sendStrayRecords } from './stray-records.ts';
import { callWrongly, type Printed } from './wrong-commands.ts';
import { strayNames, strayValues, wrongRequests } from './wrong-requests.ts';

const [report, hotlineReferral] = plantedReferrals('logs');

/** The values of the referrals that are accepted. */
export const referralValues = { ...report.values, ...hotlineReferral.values };

/** What authorities say. */
export const authorityValues = {
  firstCase: 'PV-2026-kestrelwold',
  secondCase: 'PV-2026-rooksedge',
  thirdCase: 'PV-2026-tamsinbrook',
} as const;

/** Lies in records that no interface takes. */
export const recordValue = 'quernhollow-records';

function reportOf(reference: string): Referral {
  return { ...report.referral, providerReference: reference };
}

function partnerReferral(): object {
  const { service: _none, ...rest } = reportOf('logs-3');
  return {
    ...rest,
    referralKind: 'partnerReferral',
    legalBasis: { instrument: 'thirdCountryLaw' },
    reporter: { participantId: 'example-centre' },
  };
}

async function expectStatus(answering: Promise<Answered>, status: number): Promise<void> {
  const answered = await answering;
  if (answered.status !== status) throw new Error(`not ${status}: ${answered.text}`);
}

async function dispatchesTo(local: RunningLocal, addresseeId: string): Promise<readonly string[]> {
  const rows = await readHub<{ id: string }>(
    local,
    'select id from hub.dispatch where addressee_id = $1 order by id',
    [addresseeId],
  );
  return rows.map(({ id }) => id);
}

/** Waits until a log says something. */
async function untilWritten(file: string, pattern: RegExp): Promise<void> {
  await vi.waitFor(
    () => {
      if (!pattern.test(readFileSync(file, 'utf8'))) throw new Error(`not written: ${pattern.source}`);
    },
    { timeout: 20_000, interval: 20 },
  );
}

/** What goes well: a referral of every kind of sender. */
async function acceptOfEachKind(local: RunningLocal, { submit }: Asking): Promise<void> {
  await expectStatus(submit(report.referral), 201);
  await expectStatus(submit(hotlineReferral.referral, hotlineReferral.senderId), 201);
  await expectStatus(submit(partnerReferral(), 'example-centre'), 201);
  await untilDispatched(local, 'receipted');
}

async function askWrongly(local: RunningLocal, { ask, submit, acknowledge }: Asking): Promise<void> {
  const [dispatchId = ''] = await dispatchesTo(local, 'cp-be');
  await expectStatus(submit({ ...report.referral, abuseTypes: ['newMaterial'] }), 409);
  await expectStatus(acknowledge('cp-be', dispatchId, authorityValues.firstCase), 201);
  await sendStrayRecords(local, recordValue);
  for (const sent of await wrongRequests(local, { referral: reportOf('logs-wrong'), dispatchId })) {
    await ask(sent);
  }
}

/** Lets statements fail in every service, each with values among its parameters and in the row that it writes. */
async function refuseRows(local: RunningLocal, { submit, acknowledge }: Asking): Promise<void> {
  const { hubDatabase, inboxDatabase } = namesOf(local.installation);
  const untilLogged = (service: string, pattern: RegExp): Promise<void> =>
    untilWritten(join(local.folder.logs, `${service}.log`), pattern);
  const close = (database: string, ...tables: readonly string[]): Promise<ClosedTable[]> =>
    Promise.all(tables.map((table) => closeTable(local, database, table)));
  const open = (tables: readonly ClosedTable[]): Promise<unknown> =>
    Promise.all(tables.map((table) => table.open()));
  const [, dispatchId = ''] = await dispatchesTo(local, 'cp-be');
  const [atEuropol = ''] = await dispatchesTo(local, 'europol');

  const intake = await close(hubDatabase, 'hub.referral', 'hub.refusal');
  const inbox = await close(inboxDatabase('cp-be'), 'inbox.answer', 'inbox.dispatch');
  await expectStatus(submit(reportOf('logs-closed')), 500);
  await expectStatus(
    submit({ ...reportOf('logs-closed'), [strayNames.member]: strayValues.memberValue }),
    500,
  );
  await expectStatus(acknowledge('cp-be', dispatchId, authorityValues.secondCase), 500);
  await open(intake);

  const later = await close(hubDatabase, 'hub.feedback', 'ledger.leaf');
  await expectStatus(acknowledge('europol', atEuropol, authorityValues.thirdCase), 201);
  await expectStatus(submit(reportOf('logs-undelivered')), 201);
  await untilLogged('contact-points', /exchange-batch-failed.*"table":"dispatch"/);
  await untilLogged('router', /exchange-batch-failed.*"table":"feedback"/);
  await untilLogged('audit', /work-failed.*"table":"leaf"/);

  const decision = await close(hubDatabase, 'hub.decision');
  await expectStatus(submit(reportOf('logs-undecided')), 201);
  await untilLogged('router', /referral-undecided/);
  await open([...inbox, ...later, ...decision]);
}

/** Kills PostgreSQL twice: one process in the middle of a statement, then the one that would bring it back. */
async function killDatabase(local: RunningLocal, server: string, { submit }: Asking): Promise<void> {
  const killed: Promise<void>[] = [];
  await killWhileAccepting(local, () => killed.push(expectStatus(submit(reportOf('logs-killed')), 503)));
  await Promise.all(killed);
  await untilWritten(join(server, 'postgresql.log'), /was terminated by signal 9/);
  const pid = local.databasePid();
  if (pid === null) throw new Error('PostgreSQL does not run');
  process.kill(pid, 'SIGKILL');
  await vi.waitFor(() => expectStatus(submit(reportOf(`logs-${newLocalId()}`)), 201), {
    timeout: 30_000,
    interval: 200,
  });
}

/**
 * Lets a running Liaison see as many kinds of traffic and trouble as there are, with values planted in all of it.
 * @param server folder of its PostgreSQL.
 */
export async function runInTrouble(
  local: RunningLocal,
  server: string,
): Promise<{ readonly answers: readonly Answered[]; readonly printed: readonly Printed[] }> {
  const asking = createAsking(local);
  const calling = callWrongly(local, reportOf('logs-called'));
  await acceptOfEachKind(local, asking);
  await askWrongly(local, asking);
  await refuseRows(local, asking);
  const printed = await calling;
  await killDatabase(local, server, asking);
  return { answers: asking.answers, printed };
}
