import { createPrivateKey, sign } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { audienceOf, type Parcel } from '@liaison/contracts';
import { encryptParcel, signMessage, type MessageToSign, type SignedMessage } from '@liaison/seal';
import type { NewId } from '@liaison/service';
import type { TestKey } from './make-key.ts';
import { acceptedAt, type Members } from './members.ts';

const examples = new URL('../../../contracts/examples/', import.meta.url);

function readExample(path: string): object {
  return JSON.parse(readFileSync(new URL(path, examples), 'utf8')) as object;
}

const referralExample = readExample('referral/valid/provider-report.json');
const dispatchExample = readExample('dispatch/valid/first.json');

/** How a message differs from an honest one. */
export interface SignChanges extends Partial<Omit<MessageToSign, 'payload'>> {
  readonly key?: TestKey;
  /** Members of the payload. */
  readonly content?: object;
}

/** A signed message with its id. */
export interface Signed extends SignedMessage {
  readonly id: string;
}

/** How a parcel differs from an honest one. */
interface SealChanges extends Partial<Omit<Parcel, 'messages'>> {
  readonly recipient?: TestKey;
}

/** What a test signs and seals in the place of the hub and of its senders. */
export interface HubSigner {
  /** A referral of `example-chat` to the hub. */
  signReferral(changes?: SignChanges): Promise<string>;
  /** A dispatch of the hub to `cp-be`; a referral of its own is signed where `content` brings none. */
  signDispatch(changes?: SignChanges): Promise<Signed>;
  signReceipt(content: object, changes?: SignChanges): Promise<string>;
  /** A record: a parcel from the hub, encrypted to `cp-be`. */
  sealParcel(messages: readonly string[], changes?: SealChanges): Promise<Buffer>;
}

/** Makes a signer with everybody's keys. */
export function createHubSigner(members: Members, newId: NewId): HubSigner {
  const { instance } = members;
  const signAs = async (
    message: Pick<MessageToSign, 'typ' | 'issuer' | 'audience' | 'payload'>,
    own: TestKey,
    { key = own, content: _used, ...changes }: SignChanges,
  ): Promise<Signed> => {
    const id = newId();
    const signed = await signMessage({ id, issuedAtMs: Date.now(), ...message, ...changes }, key);
    return { ...signed, id: changes.id ?? id };
  };
  const signReferral = async (changes: SignChanges = {}): Promise<string> => {
    const payload = { ...referralExample, providerReference: newId(), ...changes.content };
    const audience = audienceOf(instance, 'hub');
    const message = { typ: 'referral+jws', issuer: 'example-chat', audience, payload } as const;
    return (await signAs(message, members.chat.current, changes)).jws;
  };
  const toBelgium = { issuer: 'hub', audience: audienceOf(instance, 'cp-be') };
  return {
    signReferral,
    async signDispatch(changes = {}) {
      const payload = {
        ...dispatchExample,
        referralId: newId(),
        acceptedAt,
        referral: await signReferral(),
        ...changes.content,
      };
      return signAs({ typ: 'dispatch+jws', ...toBelgium, payload }, members.hub.current, changes);
    },
    async signReceipt(payload, changes = {}) {
      const message = { typ: 'delivery-receipt+jws', ...toBelgium, payload } as const;
      return (await signAs(message, members.hub.current, changes)).jws;
    },
    async sealParcel(messages, { recipient = members.belgium.encryption, ...changes } = {}) {
      const parcel = { parcelId: newId(), from: 'hub', to: 'cp-be', messages: [...messages], ...changes };
      return Buffer.from(await encryptParcel(parcel, { kid: recipient.kid, jwk: recipient.listed.jwk }));
    },
  };
}

/** Signs a message again with a key that its header does not name. */
export function forgeSignature(jws: string, forger: TestKey): string {
  const signed = jws.slice(0, jws.lastIndexOf('.'));
  const key = createPrivateKey({ key: { ...forger.jwk }, format: 'jwk' });
  return `${signed}.${sign('sha256', Buffer.from(signed), { key, dsaEncoding: 'ieee-p1363' }).toString('base64url')}`;
}

/** Changes members of a signed message and leaves its signature. */
export function tamper(jws: string, changes: object): string {
  const [header = '', payload = '', signature = ''] = jws.split('.');
  const members = JSON.parse(Buffer.from(payload, 'base64url').toString()) as object;
  const altered = Buffer.from(JSON.stringify({ ...members, ...changes })).toString('base64url');
  return [header, altered, signature].join('.');
}
