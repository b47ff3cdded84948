import type { OutgoingRecord } from '@liaison/exchange';

/** A record of the exchange: exactly the message's bytes, with headers that help tools and that nobody trusts. */
export function toRecord(
  type: 'parcel' | 'delivery-receipt',
  content: {
    readonly id: string;
    readonly text: string;
    readonly source: string;
    /** Where its span stands. */
    readonly trace?: Readonly<Record<string, string>>;
  },
): OutgoingRecord {
  return {
    key: content.id,
    value: Buffer.from(content.text),
    headers: {
      ce_specversion: '1.0',
      ce_id: content.id,
      ce_source: content.source,
      ce_type: `eu.liaison.${type}`,
      ...content.trace,
    },
  };
}
