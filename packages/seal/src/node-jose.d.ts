/** As much of node-jose 2.2.0 as seal uses; the published types leave results and options as `object` and `any`. */
declare module 'node-jose' {
  namespace jose {
    interface Key {
      readonly kty: string;
      readonly kid: string;
    }
    interface KeyInput {
      readonly kty: string;
      readonly crv: string;
      readonly x: string;
      readonly y: string;
      readonly d?: string;
      readonly use?: 'sig' | 'enc';
      readonly alg?: string;
    }
    interface Sealer {
      final(content: Uint8Array): Promise<string>;
    }
    interface Options {
      readonly format: 'compact';
      readonly fields: Readonly<Record<string, unknown>>;
      readonly contentAlg?: string;
    }
    interface Recipient {
      readonly key: Key;
      /** Which member of the header names the key; false: `fields` says it already. */
      readonly reference: false;
      /** Ephemeral private key to use instead of a fresh one. */
      readonly epk?: KeyInput;
    }
    const JWK: { asKey(jwk: KeyInput): Promise<Key> };
    const JWS: {
      createSign(options: Options, signer: Recipient): Sealer;
      createVerify(
        key: Key,
        options: { readonly algorithms: readonly string[] },
      ): { verify(jws: string): Promise<{ readonly payload: Buffer }> };
    };
    const JWE: {
      createEncrypt(options: Options, recipient: Recipient): Sealer;
      createDecrypt(
        key: Key,
        options: { readonly algorithms: readonly string[] },
      ): { decrypt(jwe: string): Promise<{ readonly plaintext: Buffer }> };
    };
  }
  export = jose;
}
