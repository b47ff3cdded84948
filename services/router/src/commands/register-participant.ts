import { randomBytes } from 'node:crypto';
import {
  hubParticipantId,
  kafkaGroupOf,
  topicFrom,
  topicTo,
  type Membership,
  type ParticipantKind,
} from '@liaison/contracts';
import { readJwkSet, takesPartInExchange, type JwkSetFault } from '@liaison/directory';
import { registerParticipant as registerInExchange } from '@liaison/exchange';
import type { Database } from '@liaison/postgres';
import { CodedError } from '@liaison/service';
import { enrolParticipant, type EnrolmentDeps } from './enrol-participant.ts';
import type { Enrolment } from './enrolment.ts';
import { findEnrolmentFaults } from './find-enrolment-faults.ts';
import type { HubSettings } from './hub-settings.ts';

/** Who registers: anyone but the hub itself. */
export type Registration = Enrolment & { readonly kind: Exclude<ParticipantKind, 'hub'> };

/** What registering needs. */
export interface RegisterDeps extends EnrolmentDeps {
  readonly settings: HubSettings;
  readonly database: Database;
  /** The embedded exchange as its owner; null where it is administered elsewhere. */
  readonly exchangeAdmin: Database | null;
}

/** The faults of a key set, in words: codes, and which key. */
export function describeJwkFaults(faults: readonly { index: number | null; code: JwkSetFault }[]): string {
  return faults.map(({ index, code }) => (index === null ? code : `key ${index + 1}: ${code}`)).join('; ');
}

async function placeInExchange(
  registration: Registration,
  { settings, exchangeAdmin }: RegisterDeps,
): Promise<Membership['exchange']> {
  if (!takesPartInExchange(registration.kind)) return null;
  const { instance, kafkaUrl } = settings;
  const topics = {
    readTopic: topicTo(instance, registration.id),
    writeTopic: topicFrom(instance, registration.id),
  };
  if (kafkaUrl !== undefined) {
    return { url: kafkaUrl, ...topics, group: kafkaGroupOf(instance, registration.id) };
  }
  if (exchangeAdmin === null || settings.exchangeAdminUrl === null) return null;
  const password = randomBytes(24).toString('base64url');
  const { role } = await registerInExchange(exchangeAdmin, {
    instance,
    participantId: registration.id,
    password,
  });
  const url = new URL(settings.exchangeAdminUrl);
  url.username = role;
  url.password = password;
  return {
    url: url.href,
    ...topics,
    group: registration.id,
  };
}

/**
 * Registers a participant with a public JWK set that it made with tools of its own.
 * @param jwkSet decoded JSON (RFC 7517, 5); private members are refused.
 * @returns what the participant needs to take part; its password is shown here only.
 * @throws CodedError `enrolment-refused`, which names every fault of the key set and of the enrolment.
 */
export async function registerParticipant(
  registration: Registration,
  jwkSet: unknown,
  deps: RegisterDeps,
): Promise<Membership> {
  const { settings, clock } = deps;
  const nowMs = clock.nowMs();
  const read = readJwkSet(jwkSet, { kind: registration.kind, nowMs, requireAll: true });
  const exchange = await deps.database.transaction(async (tx) => {
    if (!read.ok) {
      const others = await findEnrolmentFaults(tx, registration, { keys: [], atMs: nowMs });
      const faults = [describeJwkFaults(read.faults), ...others].join('; ');
      throw new CodedError('enrolment-refused', `The participant cannot be enrolled: ${faults}.`);
    }
    await enrolParticipant(tx, registration, { keys: read.keys, deps });
    // Before the commit: the router writes to the place as soon as the directory has the participant, and a participant
    // whose place could not be made must not stay enrolled without one.
    return placeInExchange(registration, deps);
  });
  return {
    schemaVersion: '1.0',
    participantId: registration.id,
    kind: registration.kind,
    instance: settings.instance,
    hub: hubParticipantId,
    submissionApi: settings.submissionApi,
    anchors: [...settings.anchors],
    log: {
      origin: settings.origin,
      url: settings.logUrl,
      keys: [...settings.logKeys],
    },
    exchange,
  };
}
