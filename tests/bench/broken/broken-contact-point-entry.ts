import { createHash, randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ContactPointEntry } from '@liaison/contact-point';
import { audienceOf } from '@liaison/contracts';
import { openExchange, type Exchange, type IncomingRecord } from '@liaison/exchange';
import { signMessage } from '@liaison/seal';
import { createNewId, formatUtc, silentLog, systemClock } from '@liaison/service';
import { readBrokenConfig } from './config.ts';

// A contact point that does everything wrong in one way.
const slowMs = 2_000;
const floodEveryMs = 100;
const floodRecords = 10;
const { file, mode } = readBrokenConfig();
const [entry] = JSON.parse(readFileSync(file, 'utf8')) as ContactPointEntry[];
if (entry === undefined) throw new TypeError('the file names no contact point');
const { membership, signingKey, exchangeTls } = entry;
const { exchange: place, participantId, instance, hub } = membership;
const newId = createNewId(systemClock, randomBytes);

const toRecord = (value: Uint8Array) => ({ key: newId(), value, headers: {} });
const garbage = (): Uint8Array => randomBytes(3_000);

/** A receipt, well signed, for bytes that it never got. */
async function signFalseReceipt(): Promise<Uint8Array> {
  const parcelDigest = `sha-256:${createHash('sha256').update(randomBytes(16)).digest('base64url')}`;
  const { jws } = await signMessage(
    {
      typ: 'delivery-receipt+jws',
      issuer: participantId,
      audience: audienceOf(instance, hub),
      id: newId(),
      issuedAtMs: Date.now(),
      payload: {
        schemaVersion: '1.0',
        parcelId: newId(),
        parcelDigest,
        receivedAt: formatUtc(Date.now()),
        outcome: 'opened',
        code: null,
        entries: [],
      },
    },
    signingKey,
  );
  return Buffer.from(jws);
}

async function answerTo(exchange: Exchange, records: readonly IncomingRecord[]): Promise<void> {
  if (mode === 'slow') await sleep(slowMs);
  if (mode === 'garbage') await exchange.send(place.writeTopic, records.map(garbage).map(toRecord));
  if (mode === 'falseReceipts') {
    const receipts = await Promise.all(records.map(signFalseReceipt));
    await exchange.send(place.writeTopic, receipts.map(toRecord));
  }
}

async function flood(exchange: Exchange): Promise<never> {
  for (;;) {
    const records = Array.from({ length: floodRecords }, () => toRecord(garbage()));
    await exchange.send(place.writeTopic, records).catch(() => undefined);
    await sleep(floodEveryMs);
  }
}

if (mode === 'unreachable') {
  process.send?.({ kind: 'ready' });
  setInterval(() => undefined, 60_000);
} else {
  const exchange = await openExchange(place.url, {
    log: silentLog,
    applicationName: 'broken',
    tls: exchangeTls ?? null,
  });
  await exchange.receive({
    group: place.group,
    topics: [place.readTopic],
    maxRecords: 10,
    maxBytes: 1_000_000,
    async handle(records) {
      await answerTo(exchange, records);
      // It gets nothing done: what it was given is there for the one who comes after it.
      throw new Error('broken');
    },
    quarantine: () => Promise.resolve(),
    isTransient: () => true,
    log: silentLog,
  });
  process.send?.({ kind: 'ready' });
  if (mode === 'flood') await flood(exchange);
}
