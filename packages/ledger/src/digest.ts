/** SHA-256 that answers at once; for the server, which appends. */
export type Sha256 = (bytes: Uint8Array<ArrayBuffer>) => Uint8Array;

/** SHA-256 that may answer later, as WebCrypto does; for verifiers. */
export type Digest = (bytes: Uint8Array<ArrayBuffer>) => Uint8Array | Promise<Uint8Array>;

/** Bytes of a SHA-256 hash. */
export const hashBytes = 32;
