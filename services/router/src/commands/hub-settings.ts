import { readFileSync } from 'node:fs';
import type { PublicJwk } from '@liaison/contracts';
import { CodedError } from '@liaison/service';

/** What the hub's commands need to know of their installation; the file holds credentials of its owner. */
export interface HubSettings {
  readonly instance: string;
  /** Origin of the ledger. */
  readonly origin: string;
  /** The hub's database, as its owner. */
  readonly databaseUrl: string;
  /** The embedded exchange, as its owner; null where the exchange is administered elsewhere. */
  readonly exchangeAdminUrl: string | null;
  readonly submissionApi: string;
  readonly logUrl: string;
  readonly logKeys: readonly string[];
  readonly anchors: readonly PublicJwk[];
}

/** Reads the settings file. @throws CodedError `settings-unreadable`. */
export function readHubSettings(path: string): HubSettings {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as HubSettings;
  } catch (error) {
    throw new CodedError('settings-unreadable', 'The settings file of the hub cannot be read.', {
      cause: error,
    });
  }
}
