import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { countBrokers, createAuthority, EmbeddedKafkaError, findJars, startKafka } from '../src/index.ts';
import type { Authority, RunningKafka } from '../src/index.ts';

const log = { debug: ignore, info: ignore, warn: ignore, error: ignore };
const isHere = await findJars().then(
  () => true,
  (error: unknown) => {
    if (error instanceof EmbeddedKafkaError) return false;
    throw error;
  },
);

describe.skipIf(!isHere)('an embedded Kafka', () => {
  let folder: string;
  let authority: Authority;
  let kafka: RunningKafka;
  const port = () => Number(kafka.addresses[0]?.split(':')[1]);

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'embedded-kafka-'));
    authority = await createAuthority();
    kafka = await startKafka({ folder, brokers: 1, authority, log });
  });

  afterAll(async () => {
    await kafka.stop();
    await rm(folder, { recursive: true, force: true });
  });

  const countAs = async (of: Authority): Promise<number> => {
    const issued = await of.issue('somebody');
    return countBrokers(port(), { ca: authority.caCertificate, ...issued });
  };

  test('answers who has a certificate of its authority, and nobody else', async () => {
    expect(await countAs(authority)).toBe(1);
    expect(await countAs(await createAuthority())).toBe(0);
    expect(await countBrokers(port(), null)).toBe(0);
  });

  test('knows an authority again that was kept', async () => {
    const { caCertificate, caKey } = authority;
    expect(await countAs(await createAuthority({ caCertificate, caKey }))).toBe(1);
  });

  test('is killed and comes back where it was', async () => {
    const [broker] = kafka.brokers;
    const before = broker?.pid();
    await broker?.kill();
    expect(broker?.pid()).toBeNull();
    expect(await countAs(authority)).toBe(0);
    await broker?.start();
    expect(broker?.pid()).not.toBe(before);
    expect(await countAs(authority)).toBe(1);
  });

  test('keeps its keys from others', async () => {
    const properties = await readFile(path.join(folder, 'broker-1', 'server.properties'), 'utf8');
    expect(properties).not.toContain('PRIVATE KEY');
    expect(properties).toContain('allow.everyone.if.no.acl.found=false');
  });

  test('that still runs although nobody knows of it is ended by the next start', async () => {
    const orphan = kafka.brokers[0]?.pid();
    // The same program starts in the same folder anew, as after a crash of its own.
    kafka = await startKafka({ folder, brokers: 1, authority, log });
    expect(kafka.brokers[0]?.pid()).not.toBe(orphan);
    expect(await countAs(authority)).toBe(1);
  });
});

test('jars that are there are found at once, also by several at once', async (context) => {
  context.skip(!isHere, 'there is no Java, or no Maven');
  const folders = await Promise.all([findJars(), findJars(), findJars()]);
  expect(new Set(folders).size).toBe(1);
});

function ignore(): void {}
