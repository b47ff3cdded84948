import { generateKeyPair, decryptParcel, encryptParcel, signMessage, verifyMessage } from '@liaison/seal';
import { limits } from '@liaison/contracts';
import { bareKeyOf, decryptBare, encryptBare, signBare, verifyBare } from '../baseline/bare-crypto.ts';
import * as jose from 'jose';
import { median, rounded } from '../figures/statistics.ts';
import type { Report } from '../report.ts';

/** Operations a second, and processor time of one, of one library. */
interface OperationFigures {
  readonly perSecond: number;
  readonly cpuMs: number;
}

/** Figures by operation and library. */
export type SealFigures = Readonly<Record<string, Readonly<Record<string, OperationFigures>>>>;

/** How thoroughly. */
export interface SealOptions {
  readonly rounds: number;
  readonly roundMs: number;
  readonly report: Report;
}

const id = '019a9f3e-5c00-7000-8000-000000000001';
const audience = 'liaison:bench:hub';
/** About that of the generator's referrals as they are signed. */
const payloadBytes = 1_500;
/** Messages of a parcel, each a dispatch with its referral. */
const parcelMessages = 2;
const messageBytes = 6_000;

type Operation = () => unknown;

async function prepareOperations(): Promise<Record<string, Record<string, Operation>>> {
  const pair = generateKeyPair();
  const { kid, publicJwk, privateJwk } = pair;
  const bare = { public: bareKeyOf(publicJwk), private: bareKeyOf(privateJwk) };
  const joseKeys = {
    sign: await jose.importJWK(privateJwk, 'ES256'),
    verify: await jose.importJWK(publicJwk, 'ES256'),
    encrypt: await jose.importJWK(publicJwk, 'ECDH-ES+A256KW'),
    decrypt: await jose.importJWK(privateJwk, 'ECDH-ES+A256KW'),
  };
  const payload = { text: 'x'.repeat(payloadBytes) };
  const issuedAtMs = Date.now();
  const iat = Math.floor(issuedAtMs / 1000);
  const header = { alg: 'ES256', typ: 'referral+jws', kid, iss: 'acme', aud: audience, iat, jti: id };
  const message = { typ: 'referral+jws', issuer: 'acme', audience, id, issuedAtMs, payload } as const;
  const { jws } = await signMessage(message, { kid, jwk: privateJwk });
  const verifying = {
    typ: 'referral+jws' as const,
    maxBytes: limits.referralJwsBytes,
    audience,
    clock: null,
    chooseKey: () => ({ ok: true as const, jwk: publicJwk }),
  };
  const { jws: inner } = await signMessage(
    { ...message, payload: { text: 'x'.repeat(messageBytes) } },
    { kid, jwk: privateJwk },
  );
  const messages = Array.from({ length: parcelMessages }, () => inner);
  const parcel = { parcelId: id, from: 'hub', to: 'cp-be', messages };
  const plaintext = Buffer.from(JSON.stringify(parcel));
  const jwe = await encryptParcel(parcel, { kid, jwk: publicJwk });
  const opening = { privateKeys: () => privateJwk, self: 'cp-be', from: 'hub', maxBytes: limits.parcelBytes };
  // What is refused early would be fast.
  const works = (await verifyMessage(jws, verifying)).ok && (await decryptParcel(jwe, opening)).ok;
  if (!works) throw new TypeError('what is to be measured does not work');
  const jweHeader = { alg: 'ECDH-ES+A256KW', enc: 'A256GCM', typ: 'parcel+jwe', kid };
  return {
    sign: {
      'packages/seal': () => signMessage(message, { kid, jwk: privateJwk }),
      jose: () =>
        new jose.CompactSign(Buffer.from(JSON.stringify(payload)))
          .setProtectedHeader(header)
          .sign(joseKeys.sign),
      'node:crypto': () => signBare(header, payload, bare.private),
    },
    verify: {
      'packages/seal': () => verifyMessage(jws, verifying),
      jose: () => jose.compactVerify(jws, joseKeys.verify, { algorithms: ['ES256'] }),
      'node:crypto': () => verifyBare(jws, bare.public),
    },
    encrypt: {
      'packages/seal': () => encryptParcel(parcel, { kid, jwk: publicJwk }),
      jose: () =>
        new jose.CompactEncrypt(Buffer.from(JSON.stringify(parcel)))
          .setProtectedHeader(jweHeader)
          .encrypt(joseKeys.encrypt),
      'node:crypto': () => encryptBare(plaintext, { kid, key: bare.public }),
    },
    decrypt: {
      'packages/seal': () => decryptParcel(jwe, opening),
      jose: () => jose.compactDecrypt(jwe, joseKeys.decrypt, {}),
      'node:crypto': () => decryptBare(jwe, bare.private),
    },
  };
}

async function measureRound(operation: Operation, roundMs: number): Promise<OperationFigures> {
  const beganMs = performance.now();
  const beganCpu = process.cpuUsage();
  let count = 0;
  while (performance.now() - beganMs < roundMs) {
    await operation();
    count += 1;
  }
  const elapsedMs = performance.now() - beganMs;
  const { user, system } = process.cpuUsage(beganCpu);
  return { perSecond: (count * 1000) / elapsedMs, cpuMs: (user + system) / 1000 / count };
}

function middleOf(rounds: readonly OperationFigures[]): OperationFigures {
  return {
    perSecond: Math.round(median(rounds.map(({ perSecond }) => perSecond)) ?? 0),
    cpuMs: rounded(median(rounds.map(({ cpuMs }) => cpuMs)) ?? 0, 3),
  };
}

/** Measures each library in turn, round by round, so that a busy moment of the machine meets all of them. */
export async function runSeal({ rounds, roundMs, report }: SealOptions): Promise<SealFigures> {
  const figures: Record<string, Record<string, OperationFigures>> = {};
  for (const [name, libraries] of Object.entries(await prepareOperations())) {
    report.line(`${name}, ${rounds} rounds of ${roundMs} ms for each`);
    const measured = new Map<string, OperationFigures[]>();
    for (let round = -1; round < rounds; round += 1) {
      for (const [library, operation] of Object.entries(libraries)) {
        const one = await measureRound(operation, roundMs);
        // The first round warms up.
        if (round >= 0) measured.set(library, [...(measured.get(library) ?? []), one]);
      }
    }
    figures[name] = Object.fromEntries([...measured].map(([library, all]) => [library, middleOf(all)]));
  }
  return figures;
}
