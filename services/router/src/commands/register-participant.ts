import { randomBytes } from 'node:crypto';
import {
  hubParticipantId,
  topicFrom,
  topicTo,
  type Membership,
  type ParticipantKind,
} from '@liaison/contracts';
import { readJwkSet, takesPartInExchange, type JwkSetFault } from '@liaison/directory';
import { registerParticipant as registerInExchange } from '@liaison/exchange';
import type { Database } from '@liaison/postgres';
import { CodedError } from '@liaison/service';
import { enrolParticipant, type Enrolment, type EnrolmentDeps } from './enrol-participant.ts';
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
  if (
    !takesPartInExchange(registration.kind) ||
    exchangeAdmin === null ||
    settings.exchangeAdminUrl === null
  ) {
    return null;
  }
  const { instance } = settings;
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
    readTopic: topicTo(instance, registration.id),
    writeTopic: topicFrom(instance, registration.id),
    group: registration.id,
  };
}

/**
 * Registers a participant with a public JWK set that it made with tools of its own.
 * @param jwkSet decoded JSON (RFC 7517, 5); private members are refused.
 * @returns what the participant needs to take part; its password is shown here only.
 * @throws CodedError `keys-invalid`, `participant-exists`, `role-taken`, `key-taken`.
 */
export async function registerParticipant(
  registration: Registration,
  jwkSet: unknown,
  deps: RegisterDeps,
): Promise<Membership> {
  const { settings, clock } = deps;
  const read = readJwkSet(jwkSet, { kind: registration.kind, nowMs: clock.nowMs(), requireAll: true });
  if (!read.ok) {
    throw new CodedError(
      'keys-invalid',
      `The key set cannot be registered: ${describeJwkFaults(read.faults)}.`,
    );
  }
  await deps.database.transaction((tx) => enrolParticipant(tx, registration, { keys: read.keys, deps }));
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
    exchange: await placeInExchange(registration, deps),
  };
}
