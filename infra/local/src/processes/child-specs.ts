import { join } from 'node:path';
import { addressesOf } from '../setup/derive-settings.ts';
import { urlOf, type DatabaseServer } from '../setup/database-server.ts';
import { namesOf, type Installation } from '../setup/installation.ts';
import type { ExchangePlace } from '../setup/exchange-place.ts';
import type { Ports } from '../setup/ports.ts';
import { hubParticipantId } from '@liaison/contracts';
import type { LogLevel } from '@liaison/service';
import type { ChildSpec } from './child.ts';
import type { RunFolder } from './run-folder.ts';

/** Modules that the processes run. */
export interface Entries {
  readonly submissionApi: URL;
  readonly router: URL;
  readonly audit: URL;
  readonly contactPoints: URL;
}

function mainOf(service: string): URL {
  return new URL(`../../../../services/${service}/src/main.ts`, import.meta.url);
}

const ownEntries: Entries = {
  submissionApi: mainOf('submission-api'),
  router: mainOf('router'),
  audit: mainOf('audit'),
  contactPoints: mainOf('contact-point'),
};

/** Enough for each, and a bound: what a process may hold does not grow with the machine's memory. */
const heapArgv = ['--max-old-space-size=160', '--max-semi-space-size=8'];

/** The processes of Liaison with their environments. Keys stand in files, whose paths are told; an address of a database has its password. */
export function childSpecs(parts: {
  readonly installation: Installation;
  readonly server: DatabaseServer;
  readonly exchange: ExchangePlace;
  readonly ports: Ports;
  readonly folder: RunFolder;
  readonly entries: Partial<Entries>;
  readonly compileCache: string;
  readonly logLevel: LogLevel;
}): Readonly<Record<keyof Entries, ChildSpec>> {
  const { installation, server, ports, folder } = parts;
  const entries = { ...ownEntries, ...parts.entries };
  const names = namesOf(installation);
  const { passwords } = installation.hub;
  const { instance } = installation;
  const addresses = addressesOf(ports);
  const databaseUrl = (service: 'submission-api' | 'router' | 'audit'): string =>
    urlOf(server, names.hubDatabase, { role: names.login(service), password: passwords[service] });
  const secrets = (name: string): string => join(folder.keys, name);
  const logFile = (name: string): string => join(folder.logs, `${name}.log`);
  const common = {
    // Types are stripped and code compiled once: what starts again starts sooner.
    NODE_COMPILE_CACHE: parts.compileCache,
    LOG_LEVEL: parts.logLevel,
  };
  const execArgv = heapArgv;
  const exchange = parts.exchange.accessOf(hubParticipantId);
  return {
    submissionApi: {
      name: 'submission-api',
      entry: entries.submissionApi,
      logFile: logFile('submission-api'),
      execArgv,
      env: {
        ...common,
        INSTANCE: instance,
        PORT: `${ports.submissionApi}`,
        PUBLIC_ORIGIN: addresses.submissionApi,
        DATABASE_URL: databaseUrl('submission-api'),
        SECRETS_FILE: secrets('submission-api.json'),
      },
    },
    router: {
      name: 'router',
      entry: entries.router,
      logFile: logFile('router'),
      execArgv,
      env: {
        ...common,
        INSTANCE: instance,
        DATABASE_URL: databaseUrl('router'),
        EXCHANGE_URL: exchange.url,
        EXCHANGE_GROUP: exchange.group,
        SECRETS_FILE: secrets('router.json'),
        LOG_URL: addresses.log,
        ADDRESS_OVERLAY_FILE: secrets('address-overlay.json'),
      },
    },
    audit: {
      name: 'audit',
      entry: entries.audit,
      logFile: logFile('audit'),
      execArgv,
      env: {
        ...common,
        INSTANCE: instance,
        PORT: `${ports.log}`,
        ENTRIES_PORT: `${ports.entries}`,
        DATABASE_URL: databaseUrl('audit'),
        SECRETS_FILE: secrets('audit.json'),
      },
    },
    contactPoints: {
      name: 'contact-points',
      entry: entries.contactPoints,
      logFile: logFile('contact-points'),
      execArgv,
      env: {
        ...common,
        PORT: `${ports.contactPoints}`,
        CONTACT_POINTS_FILE: secrets('contact-points.json'),
      },
    },
  };
}
