import { once } from 'node:events';
import { connect } from 'node:net';

import { setTimeout as sleep } from 'node:timers/promises';

import { countBrokers } from '@liaison/embedded-kafka';
import { GenericContainer, Wait } from 'testcontainers';

import { readImage } from './config.ts';

const socketFile = '/var/run/docker.sock';
const answerTimeoutMs = 2_000;
const clientPort = 9092;

/** Whether a Docker engine listens here: asked before testcontainers is, which takes its time to find out. */
async function hasDocker(): Promise<boolean> {
  const socket = connect(socketFile);
  try {
    await once(socket, 'connect', { signal: AbortSignal.timeout(answerTimeoutMs) });
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}

/** The port is known once the container runs: only then can the broker be told under which it is reached. */
function startScript(port: number): string {
  const settings = [
    'process.roles=broker,controller',
    'node.id=1',
    'controller.quorum.voters=1@127.0.0.1:9093',
    `listeners=CLIENTS://0.0.0.0:${clientPort},CONTROLLER://127.0.0.1:9093`,
    `advertised.listeners=CLIENTS://127.0.0.1:${port}`,
    'listener.security.protocol.map=CLIENTS:PLAINTEXT,CONTROLLER:PLAINTEXT',
    'controller.listener.names=CONTROLLER',
    'inter.broker.listener.name=CLIENTS',
    'log.dirs=/tmp/kafka-data',
    'auto.create.topics.enable=false',
    'group.initial.rebalance.delay.ms=0',
    'group.min.session.timeout.ms=3000',
    'offsets.topic.num.partitions=1',
    'offsets.topic.replication.factor=1',
    'transaction.state.log.replication.factor=1',
    'transaction.state.log.min.isr=1',
  ];
  return [
    '#!/bin/sh',
    'set -e',
    `printf '%s\\n' ${settings.map((setting) => `'${setting}'`).join(' ')} > /tmp/server.properties`,
    '/opt/kafka/bin/kafka-storage.sh format -t bGlhaXNvbi10ZXN0LWtmaw -c /tmp/server.properties',
    'exec /opt/kafka/bin/kafka-server-start.sh /tmp/server.properties',
    '',
  ].join('\n');
}

const pollMs = 200;
const answerAttempts = 300;

async function untilAnswering(port: number): Promise<void> {
  for (let attempt = 1; (await countBrokers(port, null)) === 0; attempt += 1) {
    if (attempt === answerAttempts) throw new Error('the broker in the container does not answer');
    await sleep(pollMs);
  }
}

/**
 * Starts a Kafka in a container, where Docker answers and the image is there or can be pulled.
 * @returns null where not
 */
export async function startContainer(): Promise<{
  readonly addresses: readonly string[];
  stop(): Promise<void>;
} | null> {
  if (!(await hasDocker())) return null;
  try {
    const container = await new GenericContainer(readImage())
      .withExposedPorts(clientPort)
      .withEntrypoint(['/bin/sh', '-c'])
      .withCommand(['while [ ! -f /tmp/start.sh ]; do sleep 0.1; done; exec sh /tmp/start.sh'])
      // The port is open once the script runs; before, there is nothing to wait for.
      .withWaitStrategy(Wait.forSuccessfulCommand('true'))
      .start();
    const port = container.getMappedPort(clientPort);
    await container.copyContentToContainer([{ content: startScript(port), target: '/tmp/start.sh' }]);
    await untilAnswering(port);
    return {
      addresses: [`127.0.0.1:${port}`],
      async stop() {
        await container.stop({ timeout: 1_000 });
      },
    };
  } catch {
    return null;
  }
}
