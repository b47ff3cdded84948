import type { JwsType } from '@liaison/contracts';
import { patterns } from './patterns.ts';
import { exactly, matching, type MemberRule } from './read-header.ts';

/** The one signature algorithm of the profile (RFC 7518, 3.4). */
export const signatureAlgorithm = 'ES256';

/** The protected header of a signed message: exactly these members, in this order when written. */
export interface JwsHeader {
  readonly alg: typeof signatureAlgorithm;
  readonly typ: JwsType;
  /** RFC 7638 thumbprint of the signing key. */
  readonly kid: string;
  /** Participant id of the signer. */
  readonly iss: string;
  /** The one audience. */
  readonly aud: string;
  /** When it was signed: whole seconds since 1970. */
  readonly iat: number;
  /** Id of the message: lower-case UUIDv7. */
  readonly jti: string;
}

/** Last second of the year 9999: later ones have no RFC 3339 form. */
const lastSecond = 253_402_300_799;

/** The closed member set of a JWS of one of the expected types. */
export function jwsRules(types: readonly JwsType[]): readonly MemberRule[] {
  return [
    exactly('alg', signatureAlgorithm, 'alg-not-allowed'),
    { name: 'typ', code: 'typ-wrong', accepts: (given) => types.some((type) => type === given) },
    matching('kid', patterns.thumbprint),
    matching('iss', patterns.participantId),
    matching('aud', /^./s),
    { name: 'iat', code: 'header-member-malformed', accepts: isWholeSecond },
    matching('jti', patterns.uuid),
  ];
}

function isWholeSecond(value: unknown): boolean {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= lastSecond;
}
