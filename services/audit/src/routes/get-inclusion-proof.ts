import type { AuditApi } from '@liaison/contracts';
import { encodeBase64Url, proveInclusion } from '@liaison/ledger';
import type { Queryable } from '@liaison/postgres';
import { ProblemError } from '@liaison/service';
import type { Request, Response } from 'express';
import { sha256 } from '../log-key/sha256.ts';
import { findPosition } from '../store/leaves.ts';
import { createReadNodes } from '../store/nodes.ts';
import { readSize, requireHash } from './read-parameter.ts';
import { servedCheckpoint } from './served-checkpoint.ts';

/** `GET /v1/log/inclusion-proof`: that a leaf is in the tree of a signed checkpoint (RFC 6962, 2.1.1). */
export function getInclusionProof(database: Queryable) {
  const reader = { readNodes: createReadNodes(database), sha256 };
  return async (req: Request, res: Response): Promise<void> => {
    const leafHash = requireHash(req.query, 'leafHash');
    const { size, note } = await servedCheckpoint(database, readSize(req.query, 'size', 1));
    const position = await findPosition(database, leafHash);
    if (position === null || position >= size) throw new ProblemError('leaf-unknown');
    const hashes = await proveInclusion({ position, size, ...reader });
    const proof = { position, size, hashes: hashes.map(encodeBase64Url), checkpoint: note };
    res.json(proof satisfies AuditApi['schemas']['InclusionProof']);
  };
}
