import type { Queryable } from '@liaison/postgres';
import { refuseOtherMethods } from '@liaison/service';
import type { Express } from 'express';
import type { LogIdentity } from '../log-key/log-identity.ts';
import { getCheckpoint } from './get-checkpoint.ts';
import { getConsistencyProof } from './get-consistency-proof.ts';
import { getInclusionProof } from './get-inclusion-proof.ts';
import { getLogKeys } from './get-log-keys.ts';

/** Adds the public routes: hashes and checkpoints, nothing that an event says. */
export function addLogRoutes(
  app: Express,
  { database, identity }: { readonly database: Queryable; readonly identity: LogIdentity },
): void {
  const routes = {
    '/v1/log/keys': getLogKeys(identity),
    '/v1/log/checkpoint': getCheckpoint(database),
    '/v1/log/inclusion-proof': getInclusionProof(database),
    '/v1/log/consistency-proof': getConsistencyProof(database),
  };
  for (const [path, handler] of Object.entries(routes)) {
    app.route(path).get(handler).all(refuseOtherMethods('GET'));
  }
}
