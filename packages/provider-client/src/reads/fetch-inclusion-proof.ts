import type { Membership } from '@liaison/contracts';
import { encodeBase64Url, hashLeaf } from '@liaison/ledger';
import { ClientError } from '../client-error.ts';
import { settle, type NotNow } from '../http/not-now.ts';
import { isObject, parseJson } from '../http/parse-json.ts';
import { readProblem } from '../http/problem.ts';
import type { Transport } from '../http/transport.ts';
import { sha256 } from '../verify/node-crypto.ts';

/** What came of asking the log for a proof. */
export type ProofAnswer =
  | {
      readonly kind: 'found';
      /** As it came, for `verifyProofBundle`. */
      readonly proof: object;
    }
  /** The log does not have the leaf, or not yet: the hub signs a checkpoint every few seconds. */
  | { readonly kind: 'unknown' }
  | NotNow;

/**
 * Asks the log's public interface for the proof that a leaf is in it; only the leaf's hash goes out.
 * @throws ClientError `answer-not-understood`.
 */
export async function fetchInclusionProof(
  log: Membership['log'],
  leaf: Uint8Array,
  transport: Transport,
): Promise<ProofAnswer> {
  const leafHash = encodeBase64Url(await hashLeaf(new Uint8Array(leaf), sha256));
  const url = `${log.url}/log/inclusion-proof?leafHash=${leafHash}`;
  const answer = settle(await transport.send({ method: 'GET', url }));
  if (answer.kind === 'not-now') return answer;
  if (answer.status === 200) {
    const proof = parseJson(answer.text);
    if (isObject(proof)) return { kind: 'found', proof };
  } else if (readProblem(answer)?.code === 'leaf-unknown') return { kind: 'unknown' };
  throw new ClientError('answer-not-understood');
}
