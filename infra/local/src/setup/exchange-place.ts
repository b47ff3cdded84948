import { hubParticipantId, kafkaGroupOf } from '@liaison/contracts';
import { exchangeRoleName, type ExchangeTls } from '@liaison/exchange';
import { urlOf, type DatabaseServer } from './database-server.ts';
import { namesOf, type Installation } from './installation.ts';

/** How one who takes part reaches the exchange, and as which it reads. */
interface ExchangeAccess {
  readonly url: string;
  readonly group: string;
  /** null where the address has all that it takes. */
  readonly tls: ExchangeTls | null;
}

/** Where the records of an installation travel. */
export interface ExchangePlace {
  readonly kind: 'embedded' | 'kafka';
  accessOf(participantId: string): ExchangeAccess;
}

/** The exchange in a database of the installation. */
export function embeddedPlace(installation: Installation, server: DatabaseServer): ExchangePlace {
  const { instance, hub, contactPoints } = installation;
  const { exchangeDatabase } = namesOf(installation);
  const passwordOf = (participantId: string): string =>
    participantId === hubParticipantId
      ? hub.passwords.exchange
      : (contactPoints.find(({ participant }) => participant.id === participantId)?.exchangePassword ?? '');
  return {
    kind: 'embedded',
    accessOf: (participantId) => ({
      url: urlOf(server, exchangeDatabase, {
        role: exchangeRoleName(instance, participantId),
        password: passwordOf(participantId),
      }),
      group: participantId,
      tls: null,
    }),
  };
}

/**
 * A Kafka.
 * @param tlsOf certificate of each, null for brokers that take everybody
 */
export function kafkaPlace(
  installation: Installation,
  kafka: {
    readonly brokers: readonly string[];
    readonly tlsOf: (participantId: string) => ExchangeTls | null;
  },
): ExchangePlace {
  return {
    kind: 'kafka',
    accessOf: (participantId) => ({
      url: `kafka://${kafka.brokers.join(',')}`,
      group: kafkaGroupOf(installation.instance, participantId),
      tls: kafka.tlsOf(participantId),
    }),
  };
}
