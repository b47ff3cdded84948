import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { hubParticipantId } from '@liaison/contracts';
import { createEventMaker } from '@liaison/hub-database';
import { connect, sleep, type Database } from '@liaison/postgres';
import { CodedError, createNewId, silentLog, systemClock } from '@liaison/service';
import { Command, Option } from 'commander';
import { activatePolicy } from './commands/activate-policy.ts';
import { addKeys } from './commands/add-keys.ts';
import type { EnrolmentDeps } from './commands/enrol-participant.ts';
import { eraseReferral } from './commands/erase-referral.ts';
import { readHubSettings, type HubSettings } from './commands/hub-settings.ts';
import { registerParticipant, type Registration } from './commands/register-participant.ts';
import { resendDispatches } from './commands/resend-dispatches.ts';
import { revokeKey } from './commands/revoke-key.ts';
import { traceMeanings } from './commands/sweep-files.ts';

interface Opened {
  readonly settings: HubSettings;
  readonly database: Database;
  readonly deps: EnrolmentDeps;
}

function readJson(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as unknown;
  } catch (error) {
    throw new CodedError('file-unreadable', `${path} cannot be read as JSON.`, { cause: error });
  }
}

function print(value: unknown): void {
  process.stdout.write(`${JSON.stringify(value, null, 2)}\n`);
}

const program = new Command('hub')
  .description("Commands of the hub's staff: who takes part, which policy is in force, what is erased.")
  .requiredOption('--settings <file>', "settings of the installation, with its owner's credentials");

async function withHub<T>(work: (opened: Opened) => Promise<T>): Promise<T> {
  const settings = readHubSettings(program.opts<{ settings: string }>().settings);
  const database = connect({
    url: settings.databaseUrl,
    applicationName: 'hub',
    maxConnections: 2,
    log: silentLog,
  });
  const events = createEventMaker({
    origin: settings.origin,
    newId: createNewId(systemClock, randomBytes),
    randomBytes,
  });
  try {
    return await work({ settings, database, deps: { events, clock: systemClock, hubId: hubParticipantId } });
  } finally {
    await database.end();
  }
}

const kinds = ['provider', 'hotline', 'partnerCentre', 'lawEnforcement', 'coordinatingAuthority', 'europol'];

interface RegisterOptions {
  readonly kind: Registration['kind'];
  readonly name: string;
  readonly jwks: string;
  readonly country?: string;
  readonly establishment?: string;
  readonly legalRepresentative?: string;
  readonly dutyPhone?: string;
  readonly contact?: string;
}

program
  .command('register <id>')
  .description('register a participant; prints the membership document that it needs')
  .addOption(new Option('--kind <kind>', 'what it is').choices(kinds).makeOptionMandatory())
  .requiredOption('--name <name>', 'name of the organisation')
  .requiredOption('--jwks <file>', 'its public JWK set, made with any tool')
  .option('--country <code>', 'its country, ISO 3166-1 alpha-2')
  .option('--establishment <code>', "Member State of a provider's main establishment")
  .option('--legal-representative <code>', "Member State of a provider's legal representative")
  .option('--duty-phone <number>', 'telephone answered at any hour, E.164')
  .option('--contact <address>', 'mailbox of the function')
  .action((id: string, options: RegisterOptions) =>
    withHub(async ({ settings, database, deps }) => {
      const exchangeAdmin =
        settings.exchangeAdminUrl === null
          ? null
          : connect({
              url: settings.exchangeAdminUrl,
              applicationName: 'hub',
              maxConnections: 1,
              log: silentLog,
            });
      const registration: Registration = {
        id,
        kind: options.kind,
        name: options.name,
        country: options.country ?? null,
        establishment: options.establishment ?? null,
        legalRepresentative: options.legalRepresentative ?? null,
        dutyPhone: options.dutyPhone ?? null,
        contact: options.contact ?? null,
      };
      try {
        print(
          await registerParticipant(registration, readJson(options.jwks), {
            ...deps,
            settings,
            database,
            exchangeAdmin,
          }),
        );
      } finally {
        await exchangeAdmin?.end();
      }
    }),
  );

program
  .command('add-keys <id>')
  .description('add keys to a participant, beside those it has')
  .requiredOption('--jwks <file>', 'public JWK set of the new keys')
  .action((participantId: string, { jwks }: { jwks: string }) =>
    withHub(async ({ database, deps }) => {
      print({ added: await addKeys(database, { participantId, jwkSet: readJson(jwks) }, deps) });
    }),
  );

program
  .command('revoke-key <id> <kid>')
  .description('revoke a key at once')
  .requiredOption('--since <time>', 'since when it may have been in other hands, RFC 3339')
  .action((participantId: string, kid: string, { since }: { since: string }) =>
    withHub(async ({ database, deps }) => {
      await database.transaction((tx) => revokeKey(tx, { participantId, kid, since }, deps));
      print({ revoked: kid });
    }),
  );

program
  .command('activate-policy <file>')
  .description('put a routing policy into force')
  .action((file: string) =>
    withHub(async ({ database, deps }) => {
      const policyVersion = await database.transaction((tx) => activatePolicy(tx, readJson(file), deps));
      print({ policyVersion });
    }),
  );

/** The key is gone, and files still hold traces: not the end that was asked for, and no failure either. */
const exitWithTraces = 3;

function openExchangeAdmin({ exchangeAdminUrl }: HubSettings): Database | null {
  if (exchangeAdminUrl === null) return null;
  return connect({ url: exchangeAdminUrl, applicationName: 'hub', maxConnections: 1, log: silentLog });
}

program
  .command('resend <id>')
  .description('send a participant again everything that it has not receipted, in the same signed bytes')
  .action((id: string) =>
    withHub(async ({ database, deps }) => {
      print({ resent: await resendDispatches(database, id, deps) });
    }),
  );

program
  .command('erase <referralId>')
  .description(
    'erase one referral: its key, and with it everything personal; ends with 3 where files hold traces that this login ' +
      'cannot remove, and says what to do about each',
  )
  .action((referralId: string) =>
    withHub(async ({ settings, database, deps }) => {
      const exchangeAdmin = openExchangeAdmin(settings);
      try {
        const { instance } = settings;
        const erasure = await eraseReferral(database, referralId, {
          ...deps,
          instance,
          exchangeAdmin,
          sleep,
        });
        const remaining = erasure.remaining.map((code) => ({ code, meaning: traceMeanings[code] }));
        print({ referralId, ...erasure, remaining });
        if (remaining.length > 0) process.exitCode = exitWithTraces;
      } finally {
        await exchangeAdmin?.end();
      }
    }),
  );

try {
  await program.parseAsync();
} catch (error) {
  const message = error instanceof Error ? error.message : 'The command failed.';
  process.stderr.write(`${message}\n`);
  process.exitCode = 1;
}
