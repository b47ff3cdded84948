/**
 * The brokers of an address like `kafka://host:port,host:port`.
 * @returns `host:port` of each, or null where the address is not of this form
 */
export function parseKafkaAddress(address: string): readonly string[] | null {
  const brokers = /^kafka:\/\/([^/?#@]+)\/?$/.exec(address)?.[1]?.split(',') ?? [];
  const isWhole =
    brokers.length > 0 && brokers.every((broker) => /^(\[[0-9a-f:]+\]|[^:[\]]+):\d{1,5}$/i.test(broker));
  return isWhole ? brokers : null;
}
