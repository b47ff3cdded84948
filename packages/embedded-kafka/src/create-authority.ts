// oxlint-disable-next-line import/no-unassigned-import -- what @peculiar/x509 is built with wants it loaded first
import 'reflect-metadata';
import {
  BasicConstraintsExtension,
  ExtendedKeyUsage,
  ExtendedKeyUsageExtension,
  KeyUsageFlags,
  KeyUsagesExtension,
  PemConverter,
  SubjectAlternativeNameExtension,
  X509Certificate,
  X509CertificateGenerator,
} from '@peculiar/x509';

/** A certificate and its private key (PKCS 8), PEM. */
export interface IssuedCertificate {
  readonly certificate: string;
  readonly key: string;
}

/** Who vouches for the names of brokers and of those who connect to them. */
export interface Authority {
  /** PEM. */
  readonly caCertificate: string;
  /** PEM, PKCS 8: a secret. */
  readonly caKey: string;
  /** @param serverNames host names and addresses under which a broker is reached; none for a client */
  issue(
    commonName: string,
    options?: { readonly serverNames?: readonly string[] },
  ): Promise<IssuedCertificate>;
}

const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;
const dayMs = 86_400_000;
/** Clocks of machines differ. */
const backdatedMs = 3_600_000;
const caLifeMs = 3_650 * dayMs;
const certificateLifeMs = 397 * dayMs;

/** Makes an authority for one installation, or takes up one that was made before. */
export async function createAuthority(
  known?: Pick<Authority, 'caCertificate' | 'caKey'>,
  nowMs: () => number = Date.now,
): Promise<Authority> {
  const { caCertificate, caKey } = known ?? (await makeRoot(nowMs()));
  const issuer = new X509Certificate(caCertificate).subject;
  const signingKey = await importKey(caKey);
  return {
    caCertificate,
    caKey,
    async issue(commonName, { serverNames = [] } = {}) {
      const keys = await newKeys();
      const usages = [
        ExtendedKeyUsage.clientAuth,
        ...(serverNames.length > 0 ? [ExtendedKeyUsage.serverAuth] : []),
      ];
      const certificate = await X509CertificateGenerator.create({
        subject: `CN=${commonName}`,
        issuer,
        notBefore: new Date(nowMs() - backdatedMs),
        notAfter: new Date(nowMs() + certificateLifeMs),
        publicKey: keys.publicKey,
        signingKey,
        signingAlgorithm: algorithm,
        extensions: [
          new BasicConstraintsExtension(false),
          new KeyUsagesExtension(KeyUsageFlags.digitalSignature, true),
          new ExtendedKeyUsageExtension(usages),
          ...(serverNames.length > 0
            ? [new SubjectAlternativeNameExtension(serverNames.map(toGeneralName))]
            : []),
        ],
      });
      return { certificate: certificate.toString('pem'), key: await exportKey(keys.privateKey) };
    },
  };
}

async function makeRoot(nowMs: number) {
  const keys = await newKeys();
  const certificate = await X509CertificateGenerator.createSelfSigned({
    name: 'CN=liaison exchange',
    notBefore: new Date(nowMs - backdatedMs),
    notAfter: new Date(nowMs + caLifeMs),
    keys,
    signingAlgorithm: algorithm,
    extensions: [
      new BasicConstraintsExtension(true, 0, true),
      new KeyUsagesExtension(KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign, true),
    ],
  });
  return { caCertificate: certificate.toString('pem'), caKey: await exportKey(keys.privateKey) };
}

function toGeneralName(value: string) {
  const isAddress = /^[\d.]+$|:/.test(value);
  return { type: isAddress ? ('ip' as const) : ('dns' as const), value };
}

function newKeys(): Promise<CryptoKeyPair> {
  return crypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
}

async function exportKey(key: CryptoKey): Promise<string> {
  return PemConverter.encode(await crypto.subtle.exportKey('pkcs8', key), 'PRIVATE KEY');
}

function importKey(pem: string): Promise<CryptoKey> {
  return crypto.subtle.importKey('pkcs8', PemConverter.decodeFirst(pem), algorithm, false, ['sign']);
}
