import {
  createMember,
  registerMember,
  runDesk,
  type ConformanceMember,
} from '../setup/conformance-members.ts';
import { startTestLocal, type TestLocal } from '../setup/start-test-local.ts';

/** A whole Liaison that members in Python have joined. */
export interface JoinedMembers {
  readonly whole: TestLocal;
  readonly provider: ConformanceMember;
  readonly contactPoint: ConformanceMember;
  close(): Promise<void>;
}

export const senderId = 'python-chat';
export const authorityId = 'cp-nl';

/** Starts Liaison, and has a provider and the contact point of the Netherlands join with keys of their own. */
export async function joinMembers(
  interpreter: string,
  options: { readonly kafkaBrokers?: 1 | 3 } = {},
): Promise<JoinedMembers> {
  const [whole, provider, contactPoint] = await Promise.all([
    startTestLocal({ ...options, states: ['FR'] }),
    createMember(interpreter, 'provider.py'),
    createMember(interpreter, 'contact_point.py'),
  ]);
  await Promise.all([provider.run('keys'), contactPoint.run('keys')]);
  const chat = ['--kind', 'provider', '--name', 'Python Chat', '--establishment', 'IE'];
  const police = ['--kind', 'lawEnforcement', '--name', 'Contact point NL', '--country', 'NL'];
  // Before it is enrolled: the hub follows its topic as soon as the directory has it.
  const tls = await whole.local.exchange.admit?.(authorityId);
  if (tls !== undefined) {
    await contactPoint.writeText('exchange-ca.pem', tls.ca);
    await contactPoint.writeText('exchange-certificate.pem', tls.certificate);
    await contactPoint.writeText('exchange-key.pem', tls.key);
  }
  await Promise.all([
    registerMember(whole.local, provider, [senderId, ...chat]),
    registerMember(whole.local, contactPoint, [authorityId, ...police]),
  ]);
  return {
    whole,
    provider,
    contactPoint,
    async close() {
      await Promise.all([provider.close(), contactPoint.close(), whole.stop()]);
    },
  };
}

/** Adds the public keys that a contact point made last to those it has. */
export async function addKeys({ whole, contactPoint }: JoinedMembers): Promise<void> {
  await runDesk(whole.local, 'add-keys', authorityId, '--jwks', `${contactPoint.folder}/public.jwks.json`);
}
