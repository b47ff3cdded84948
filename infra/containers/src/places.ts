import type { BrokerPlace } from '@liaison/embedded-kafka';

/** Contact points of the demonstration, and the containers that run them. */
export const contactPoints = ['cp-be', 'cp-fr', 'europol'] as const;

/** Ports inside the containers. */
export const ports = { submissionApi: 7410, log: 7420, entries: 7421, contactPoints: 7430 } as const;
export const operationsPorts = {
  'submission-api': 7419,
  router: 7418,
  audit: 7429,
  contactPoint: 7439,
} as const;

/** Names by which containers find each other. */
export const hosts = { hub: 'hub', postgres: 'postgres' } as const;

const brokerNumbers = [1, 2, 3];

/** Brokers as containers: each has the same ports under a name of its own. */
export const brokers: readonly BrokerPlace[] = brokerNumbers.map((id) => ({
  id,
  host: `kafka${id}`,
  listensOn: '0.0.0.0',
  clientPort: 9093,
  brokerPort: 9094,
  controllerPort: 9095,
  advertisedPort: 9093,
}));
