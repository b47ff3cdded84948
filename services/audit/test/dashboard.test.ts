import { createTestClock } from '@liaison/testkit';
import { expect, test } from 'vitest';
import { startAudit, untilSize, type TestAudit } from './audit-fixture.ts';
import { createHub, plainDrafts, registerParticipants, type Hub } from './hub-fixture.ts';

const start = '2027-03-01T12:00:00.000Z';
const minutesBefore = (minutes: number): string =>
  new Date(Date.parse(start) - minutes * 60_000).toISOString();

async function insertReferral(hub: Hub, reference: string, urgent = false): Promise<string> {
  const id = hub.newId();
  await hub.owner.query(
    `insert into hub.referral (id, sender_id, sender_kind, referral_kind, provider_reference, signer_kid, urgent, state,
       accepted_at)
     values ($1, 'provider-one', 'provider', 'providerReport', $2, 'kid', $3, 'forwarded', $4)`,
    [id, reference, urgent, start],
  );
  return id;
}

async function insertDispatch(
  hub: Hub,
  referralId: string,
  dispatch: {
    readonly addressee: string;
    readonly state: string;
    readonly urgent?: boolean;
    readonly sealedAt: string;
  },
): Promise<string> {
  const id = hub.newId();
  const { addressee, state, urgent = false, sealedAt } = dispatch;
  await hub.owner.query(
    `insert into hub.dispatch (id, referral_id, addressee_id, decision_version, kind, schema_version, "sequence", digest,
       urgent, state, sealed_at, next_attempt_at)
     values ($1, $2, $3, 1, 'referral', '1.0', 1, 'digest', $4, $5, $6, $6)`,
    [id, referralId, addressee, urgent, state, sealedAt],
  );
  return id;
}

async function read(audit: TestAudit, path: string): Promise<string> {
  const response = await fetch(`${audit.entries}${path}`, { headers: { accept: 'text/html' } });
  expect(response.status).toBe(200);
  return response.text();
}

/** The cells of a page's rows, without their markup. */
function rowsOf(page: string): string[][] {
  return [...page.matchAll(/<tr[^>]*>(.*?)<\/tr>/gs)].map(([, row = '']) =>
    [...row.matchAll(/<t[hd][^>]*>(.*?)<\/t[hd]>/gs)].map(([, cell = '']) =>
      cell.replaceAll(/<[^>]+>/g, '').trim(),
    ),
  );
}

test('the state of the exchange names what is urgent, what fails and since when, and what has waited longest', async () => {
  const hub = await createHub();
  await registerParticipants(hub);
  const urgent = await insertReferral(hub, 'urgent-one', true);
  const be = { addressee: 'contact-point-be', urgent: true };
  await insertDispatch(hub, urgent, { ...be, state: 'receipted', sealedAt: minutesBefore(42) });
  const plain = await insertReferral(hub, 'plain-one');
  await insertDispatch(hub, plain, {
    addressee: 'contact-point-fr',
    state: 'sent',
    sealedAt: minutesBefore(180),
  });
  await insertDispatch(hub, plain, { addressee: 'europol', state: 'parked', sealedAt: minutesBefore(5) });
  await hub.owner.query(
    `insert into hub.alarm (id, code, participant_id, raised_at, cleared_at) values
       ($1, 'deliveryReceiptOverdue', 'contact-point-fr', $3, null),
       ($2, 'addresseeKeyMissing', 'contact-point-be', $3, $3)`,
    [hub.newId(), hub.newId(), minutesBefore(60)],
  );
  const audit = await startAudit(hub, { clock: createTestClock(start) });
  const rows = rowsOf(await read(audit, '/'));
  expect(rows).toContainEqual(expect.arrayContaining(['urgent-one', '42 mins', 'Belgium']));
  expect(rows).toContainEqual([
    'No delivery receipt in time',
    expect.stringContaining('1 hr ago'),
    'France',
    '1',
  ]);
  expect(rows.flat()).not.toContain('Addressee has no valid key');
  expect(rows.filter(([head]) => head === 'France')[0]?.slice(0, 4)).toEqual([
    'France',
    '3 hrs ago',
    '–',
    '1',
  ]);
  expect(rows.filter(([head]) => head === 'europol')[0]?.at(-2)).toBe('1');
});

test('figures follow every change, and are the same before and after they are added up', async () => {
  const hub = await createHub();
  await registerParticipants(hub);
  const readVolumes = async (): Promise<readonly unknown[]> =>
    (await hub.owner.query('select * from audit.volumes order by 1, 2, 3, 4')).rows;
  const referral = await insertReferral(hub, 'one');
  const at = { addressee: 'contact-point-be', sealedAt: start };
  const dispatch = await insertDispatch(hub, referral, { ...at, state: 'sent' });
  await hub.owner.query(`update hub.dispatch set state = 'receipted', answer = 'declined' where id = $1`, [
    dispatch,
  ]);
  await hub.owner.query('update hub.dispatch set attempts = 2');
  const gone = await insertReferral(hub, 'two');
  await hub.owner.query('delete from hub.referral where id = $1', [gone]);
  await hub.owner.query('update hub.referral set erased_at = $1', [start]);
  const expected = [
    {
      subject: 'dispatch',
      addressee_id: 'contact-point-be',
      state: 'receipted',
      answer: 'declined',
      count: 1,
    },
    { subject: 'referral', addressee_id: '', state: 'erased', answer: '', count: 1 },
  ];
  expect(await readVolumes()).toEqual(expected);
  await startAudit(hub);
  await expect
    .poll(async () => (await hub.owner.query('select id from audit.volume_change')).rows)
    .toEqual([]);
  expect(await readVolumes()).toEqual(expected);
});

test('one hit of a search is shown at once, and an id that names nothing is not found', async () => {
  const hub = await createHub();
  await registerParticipants(hub);
  const referral = await insertReferral(hub, 'only-one');
  const audit = await startAudit(hub);
  const found = await fetch(`${audit.entries}/search?q=%20only-one`, { redirect: 'manual' });
  expect([found.status, found.headers.get('location')]).toEqual([303, `/referrals/${referral}`]);
  expect(await read(audit, '/search?q=only-on')).toContain('value="only-on"');
});

test('an event is shown with its article and a proof that can be fetched', async () => {
  const hub = await createHub();
  await registerParticipants(hub);
  const referral = await insertReferral(hub, 'one');
  const audit = await startAudit(hub);
  await hub.append(plainDrafts(1).map((draft) => ({ ...draft, subjectId: referral, referralId: referral })));
  await untilSize(audit, 1);
  const page = await read(audit, `/referrals/${referral}`);
  expect(page).toContain('data-check-proof');
  expect(page).toContain('Article 48(1) of COM(2022) 209');
  const path = /\/v1\/log\/inclusion-proof\?leafHash=[\w-]+/.exec(page)?.[0] ?? '';
  expect(await (await fetch(`${audit.entries}${path}`)).json()).toMatchObject({ position: 0 });
});

test('the script that checks proofs is served whole, and asks for nothing but our own interface', async () => {
  const audit = await startAudit(await createHub());
  const response = await fetch(`${audit.entries}/assets/check-proof.js`);
  expect(response.headers.get('content-type')).toMatch(/javascript/);
  const script = await response.text();
  expect(script).toContain('/v1/log/inclusion-proof');
  expect(script).not.toMatch(/https?:\/\/|\bimport\s*[{('"]/);
});
