const coordinate = { type: 'string', pattern: '^[A-Za-z0-9_-]{43}$' };
const curve = { kty: { const: 'EC' }, crv: { const: 'P-256' } };

/** JSON Schema of a public key on P-256 in a file (RFC 7518, 6.2.1). */
export const publicJwkSchema = {
  type: 'object',
  required: ['kty', 'crv', 'x', 'y'],
  properties: { ...curve, x: coordinate, y: coordinate },
};

/** JSON Schema of a private key in a file, with the id under which the directory lists it. */
export const namedKeySchema = {
  type: 'object',
  required: ['kid', 'jwk'],
  properties: {
    kid: coordinate,
    jwk: {
      type: 'object',
      required: ['kty', 'crv', 'x', 'y', 'd'],
      properties: { ...curve, x: coordinate, y: coordinate, d: coordinate },
    },
  },
};
