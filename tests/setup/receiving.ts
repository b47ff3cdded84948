import type { ReadJws } from '@liaison/seal';
import { untilDispatchTo, untilState } from './hub-records.ts';
import type { PlayedContactPoint, ReceivedParcel } from './played-contact-point.ts';
import { referralOf, submitAccepted } from './submitting.ts';
import type { TestHub } from './test-hub.ts';

/** A dispatch that has come to its addressee, and has not been answered. */
export interface Received {
  readonly referralId: string;
  readonly id: string;
  readonly parcel: ReceivedParcel;
  readonly message: ReadJws;
}

/** Submits a referral and waits until a played contact point has its dispatch. */
export async function receiveReferral(
  hub: TestHub,
  contactPoint: PlayedContactPoint,
  changes: Parameters<typeof referralOf>[2] = {},
): Promise<Received> {
  const referralId = await submitAccepted(hub, referralOf(hub, hub.newId(), changes));
  const { id } = await untilDispatchTo(hub, referralId, contactPoint.installed.participant.id);
  const parcel = await contactPoint.parcelWith(id);
  const message = parcel.messages.find(({ header }) => header.jti === id);
  if (message === undefined) throw new Error('the parcel does not hold the dispatch');
  await untilState(hub, id, 'sent');
  return { referralId, id, parcel, message };
}
