import { createHash, createHmac, pbkdf2Sync } from 'node:crypto';

import { DatabaseError } from './database-error.ts';

const iterations = 4096;

/**
 * What PostgreSQL stores for a SCRAM-SHA-256 password (RFC 5803, RFC 7677). Sent in place of the password, it keeps
 * the password out of the server's logs and statistics.
 * @param salt 16 random bytes
 * @throws DatabaseError `password-unusable`: other than printable ASCII would have to be normalised by SASLprep
 */
export function scramVerifier(password: string, salt: Buffer): string {
  if (!/^[\x20-\x7e]+$/u.test(password)) throw new DatabaseError('password-unusable');
  const salted = pbkdf2Sync(password, salt, iterations, 32, 'sha256');
  const clientKey = createHmac('sha256', salted).update('Client Key').digest();
  const storedKey = createHash('sha256').update(clientKey).digest('base64');
  const serverKey = createHmac('sha256', salted).update('Server Key').digest('base64');
  return `SCRAM-SHA-256$${iterations}:${salt.toString('base64')}$${storedKey}:${serverKey}`;
}
