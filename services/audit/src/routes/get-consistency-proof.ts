import type { AuditApi } from '@liaison/contracts';
import { encodeBase64Url, proveConsistency } from '@liaison/ledger';
import type { Queryable } from '@liaison/postgres';
import type { Request, Response } from 'express';
import { sha256 } from '../log-key/sha256.ts';
import { createReadNodes } from '../store/nodes.ts';
import { refuseParameter, requireSize } from './read-parameter.ts';
import { latestCheckpoint } from './served-checkpoint.ts';

/** `GET /v1/log/consistency-proof`: that one tree is the beginning of another (RFC 6962, 2.1.2). */
export function getConsistencyProof(database: Queryable) {
  const reader = { readNodes: createReadNodes(database), sha256 };
  return async (req: Request, res: Response): Promise<void> => {
    const from = requireSize(req.query, 'from');
    const to = requireSize(req.query, 'to');
    if (from > to) refuseParameter('from', 'number-out-of-range');
    // A tree that was never signed is nothing that we speak for.
    const latest = await latestCheckpoint(database);
    if (to > latest.size) refuseParameter('to', 'number-out-of-range');
    const hashes = await proveConsistency({ from, to, ...reader });
    const proof = { from, to, hashes: hashes.map(encodeBase64Url) };
    res.json(proof satisfies AuditApi['schemas']['ConsistencyProof']);
  };
}
