import type { ParticipantKind } from '@liaison/contracts';

/** Who is to take part. */
export interface Enrolment {
  readonly id: string;
  readonly kind: ParticipantKind;
  readonly name: string;
  readonly country: string | null;
  readonly establishment: string | null;
  readonly legalRepresentative: string | null;
  readonly dutyPhone: string | null;
  readonly contact: string | null;
}
