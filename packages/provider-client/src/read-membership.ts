import { validateReceived, type Membership } from '@liaison/contracts';
import { ClientError } from './client-error.ts';

/**
 * Reads the membership document that the hub gave at registration.
 * @param value decoded JSON.
 * @throws ClientError `membership-invalid`.
 */
export function readMembership(value: unknown): Membership {
  const read = validateReceived('membership', value);
  if (!read.ok)
    throw new ClientError('membership-invalid', { reason: read.faults[0]?.code ?? 'format-wrong' });
  return read.value;
}
