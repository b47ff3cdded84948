/** How a participant proves to a Kafka broker who it is, and knows the broker: PEM texts. */
export interface ExchangeTls {
  readonly ca: string;
  readonly certificate: string;
  readonly key: string;
}

const pem = { type: 'string', pattern: '^-----BEGIN ' };

/** JSON Schema of it, for files of secrets. */
export const exchangeTlsSchema = {
  type: 'object',
  required: ['ca', 'certificate', 'key'],
  additionalProperties: false,
  properties: { ca: pem, certificate: pem, key: pem },
};
