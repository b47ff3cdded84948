import { createHash } from 'node:crypto';

import { ExchangeError } from '../exchange-error.ts';

/** PostgreSQL cuts longer names off without a word. */
const maxBytes = 63;

/**
 * The role of a participant in the embedded exchange. Neither part may hold an underscore (schemas/definitions.v1.json),
 * so no two participants share a role; a name that would be too long ends in a digest of the whole.
 * @throws ExchangeError `participant-invalid`
 */
export function roleName(instance: string, participantId: string): string {
  const isWellFormed = [instance, participantId].every((part) => /^[a-z0-9][a-z0-9-]{0,62}$/u.test(part));
  if (!isWellFormed) throw new ExchangeError('participant-invalid');
  const whole = `liaison_${instance}_${participantId}`;
  if (whole.length <= maxBytes) return whole;
  const digest = createHash('sha256').update(whole).digest('hex').slice(0, 12);
  return `${whole.slice(0, maxBytes - 13)}_${digest}`;
}
