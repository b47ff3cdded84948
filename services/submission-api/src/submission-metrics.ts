import { limits } from '@liaison/contracts';
import type { DirectoryIndex } from '@liaison/directory';
import { readJws } from '@liaison/seal';
import { createSignatureMetrics } from '@liaison/service';
import { Counter, type Registry } from 'prom-client';
import type { Refusal } from './open-referral.ts';

/** Counts what submissions came to. */
export interface SubmissionMetrics {
  accepted(outcome: 'accepted' | 'duplicate'): void;
  refused(body: string | Uint8Array, refusal: Refusal, directory: DirectoryIndex): void;
  /** A token whose signature or key did not hold, by the code of the seal. */
  tokenRefused(token: string, code: string, directory: DirectoryIndex): void;
}

/** Whom an unverified message claims to be from, where the directory has such a one: nobody else becomes a label. */
function claimedIssuer(
  message: string | Uint8Array,
  typ: 'referral+jws' | 'request+jws',
  directory: DirectoryIndex,
): string | null {
  const read = readJws(message, { typ, maxBytes: limits.referralJwsBytes });
  return read.ok ? (directory.participant(read.value.header.iss)?.id ?? null) : null;
}

/** Adds submissions by what they came to, what the guard found, and signatures that did not hold, to a registry. */
export function createSubmissionMetrics(registry: Registry): SubmissionMetrics {
  const registers = [registry];
  const submissions = new Counter({
    name: 'liaison_submissions_total',
    help: 'Submissions by outcome; a refused one by the code of its problem.',
    labelNames: ['outcome', 'code'],
    registers,
  });
  const guard = new Counter({
    name: 'liaison_guard_refusals_total',
    help: 'Submissions that the guard refused, once for each code that it found in them.',
    labelNames: ['code'],
    registers,
  });
  const countSignatureFailure = createSignatureMetrics(registry);
  return {
    accepted(outcome) {
      submissions.inc({ outcome, code: '' });
    },
    refused(body, { problem, faults }, directory) {
      submissions.inc({ outcome: 'refused', code: problem });
      const codes = new Set<string>(faults.map(({ code }) => code));
      if (problem === 'guard-refused') for (const code of codes) guard.inc({ code });
      const [code = problem] = codes;
      if (/^key-|^signature-|^sender-/.test(problem))
        countSignatureFailure(code, claimedIssuer(body, 'referral+jws', directory));
    },
    tokenRefused(token, code, directory) {
      countSignatureFailure(code, claimedIssuer(token, 'request+jws', directory));
    },
  };
}
