import { audienceOf, hubParticipantId, topicFrom } from '@liaison/contracts';
import { exchangeRoleName, openExchange } from '@liaison/exchange';
import { namesOf, urlOf, type RunningLocal } from '@liaison/local';
import { encryptParcel, signMessage } from '@liaison/seal';
import { silentLog, systemClock } from '@liaison/service';
import { newLocalId } from './local-messages.ts';

/** A statement of an authority that follows no schema, signed as it should be. */
async function signWrongFeedback(local: RunningLocal, value: string): Promise<string> {
  const { instance, contactPoints } = local.installation;
  const from = contactPoints.find(({ participant }) => participant.id === 'cp-be');
  if (from === undefined) throw new Error('no such contact point');
  const { jws } = await signMessage(
    {
      typ: 'feedback+jws',
      issuer: 'cp-be',
      audience: audienceOf(instance, hubParticipantId),
      id: newLocalId(),
      issuedAtMs: systemClock.nowMs(),
      payload: { schemaVersion: '1.0', kind: 'acknowledged', caseNumber: value, [value]: value },
    },
    { kid: from.signing.kid, jwk: from.signing.privateJwk },
  );
  return jws;
}

async function seal({ installation }: RunningLocal, message: string): Promise<Uint8Array> {
  const { kid, publicJwk } = installation.hub.encryption;
  const parcel = { parcelId: newLocalId(), from: 'cp-be', to: hubParticipantId, messages: [message] };
  return Buffer.from(await encryptParcel(parcel, { kid, jwk: publicJwk }));
}

/** Puts records into the exchange, as an authority would, that hold a value and that the hub cannot work with. */
export async function sendStrayRecords(local: RunningLocal, value: string): Promise<void> {
  const { installation, server } = local;
  const { instance, contactPoints } = installation;
  const password = contactPoints.find(({ participant }) => participant.id === 'cp-be')?.exchangePassword;
  const login = { role: exchangeRoleName(instance, 'cp-be'), password: password ?? '' };
  const url = urlOf(server, namesOf(installation).exchangeDatabase, login);
  const exchange = await openExchange(url, { log: silentLog, applicationName: 'test' });
  const values = [
    Buffer.from(value),
    await seal(local, value),
    await seal(local, await signWrongFeedback(local, value)),
  ];
  try {
    await exchange.send(
      topicFrom(instance, 'cp-be'),
      values.map((bytes) => ({ key: value, value: bytes, headers: { subject: value } })),
    );
  } finally {
    await exchange.close();
  }
}
