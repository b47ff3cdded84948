/** Values of `typ` of signed messages. */
export const jwsTypes = [
  'referral+jws',
  'submission-receipt+jws',
  'dispatch+jws',
  'delivery-receipt+jws',
  'feedback+jws',
  'directory+jws',
  'policy+jws',
  'request+jws',
] as const;
export type JwsType = (typeof jwsTypes)[number];

/** Value of `typ` of the one encrypted message. */
export const parcelType = 'parcel+jwe';
export type MessageType = JwsType | typeof parcelType;
