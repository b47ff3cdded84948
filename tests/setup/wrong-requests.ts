import { limits, type Referral } from '@liaison/contracts';
import { addressesOf, type RunningLocal } from '@liaison/local';
import type { Sent } from './asking.ts';
import { forgeJws, newLocalId, signLocalReferral, signLocalToken } from './local-messages.ts';

/** Values in places where none belongs; in no answer either. */
export const strayValues = {
  memberValue: 'vetchingham-4411',
  // What JSON has to escape, and percent-encoding too.
  awkward: 'Said "Kestrelholt\\Übermoor"\nthen left',
  code: 'orchisdale',
  smuggled: 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJ',
  audience: 'liaison:local:fernlackett',
  issuer: 'tarnhollow-media',
  keyId: 'mossgarrow-2026-signing',
  payload: 'neither JSON nor Cranmoorside',
  text: 'plain words of Pennywhistle Row',
  large: 'Thornapplewick',
  contentType: 'application/x-larchenbeck',
  path: 'sallowmere-grange',
  query: 'Lintwhistle & Sons',
  token: 'spindleberry.is.no-token',
  agent: 'pollardwick/1.0',
  cookie: 'session=butterburrow',
  forwarded: '203.0.113.77',
  host: 'rushmere-lodge.example',
} as const;

/** Names of members that nothing knows: content as well, which only their own caller is told. */
export const strayNames = { member: 'brindlecoombe', headerMember: 'staithewyke' } as const;

const jose = { 'content-type': 'application/jose' };
const json = { 'content-type': 'application/json' };
/** Whatever a client or a proxy sends along. */
const along = {
  'user-agent': strayValues.agent,
  cookie: strayValues.cookie,
  'x-forwarded-for': strayValues.forwarded,
  'x-request-id': strayValues.path,
  traceparent: strayValues.text,
  referer: `https://${strayValues.host}/`,
};

function post(url: string, headers: Readonly<Record<string, string>>, body: string): Sent {
  return { url, method: 'POST', headers: { ...along, ...headers }, body };
}

function get(url: string, headers: Readonly<Record<string, string>> = {}): Sent {
  return { url, method: 'GET', headers: { ...along, ...headers } };
}

/** Bodies that a sender signed, and that are no referral that may enter. */
function signedWrongly(local: RunningLocal, referral: Referral): Promise<string>[] {
  const value = strayValues;
  const note = { language: 'en' as const };
  return [
    signLocalReferral(local, { ...referral, [strayNames.member]: value.memberValue }),
    signLocalReferral(local, {
      ...referral,
      abuseTypes: [value.code],
      occurredFrom: value.awkward,
      persons: [{ personId: value.code, identifiers: [{ type: value.code, value: value.memberValue }] }],
    }),
    signLocalReferral(local, {
      ...referral,
      note: { ...note, text: `data:image/png;base64,${value.smuggled}` },
    }),
    signLocalReferral(local, { ...referral, urgency: { claimed: true, grounds: [value.code] } }),
    signLocalReferral(local, { ...referral, relation: { type: 'supplement', reference: newLocalId() } }),
    signLocalReferral(local, referral, { audience: value.audience }),
    signLocalReferral(local, referral, { aheadMs: -limits.iatMaxAgeMs - 5_000 }),
    signLocalReferral(local, { ...referral, reporter: { participantId: value.issuer } }),
  ];
}

async function submissions(local: RunningLocal, referral: Referral): Promise<Sent[]> {
  const value = strayValues;
  const url = `${addressesOf(local.ports).submissionApi}/v1/referrals`;
  const good = await signLocalReferral(local, referral);
  const [header = '', payload = '', signature = ''] = good.split('.');
  const named = { alg: 'ES256', typ: 'referral+jws', kid: value.keyId, iss: value.issuer };
  const refused = await Promise.all(signedWrongly(local, referral));
  const bodies = [
    ...refused,
    `${header}.${payload}.${signature.toLowerCase()}`,
    `${header}.${Buffer.from(JSON.stringify({ ...referral, note: value.memberValue })).toString('base64url')}.${signature}`,
    `${header}.${Buffer.from(value.payload).toString('base64url')}.${signature}`,
    forgeJws(named, JSON.stringify(referral)),
    forgeJws({ ...named, [strayNames.headerMember]: value.memberValue }, JSON.stringify(referral)),
    value.text,
    value.large.repeat(limits.referralJwsBytes / value.large.length + 1),
  ];
  return [
    ...bodies.map((body) => post(url, jose, body)),
    post(url, { 'content-type': value.contentType }, value.text),
    post(url, { ...jose, 'content-encoding': value.code }, value.text),
    post(`${url}/_batch`, json, JSON.stringify({ referrals: [...refused, value.text] })),
    post(
      `${url}/_batch`,
      json,
      JSON.stringify({ referrals: [good], [strayNames.member]: value.memberValue }),
    ),
    post(`${url}/_batch`, json, `{"referrals": "${value.text}`),
  ];
}

async function reads(local: RunningLocal): Promise<Sent[]> {
  const value = strayValues;
  const origin = addressesOf(local.ports).submissionApi;
  const query = encodeURIComponent(value.query);
  const asked = [
    `/v1/referrals?providerReference=${query}`,
    `/v1/referrals/${value.path}`,
    `/v1/feed?after=${query}&limit=${value.code}`,
    `/v1/referrals/${newLocalId()}?${value.code}=${query}`,
  ];
  const tokens = await Promise.all(asked.map((path) => signLocalToken(local, path)));
  const bearer = (token: string): Record<string, string> => ({ authorization: `Bearer ${token}` });
  const foreign = await signLocalToken(local, '/v1/feed', { audience: value.audience });
  return [
    ...asked.map((path, index) => get(`${origin}${path}`, bearer(tokens[index] ?? ''))),
    ...asked.map((path) => get(`${origin}${path}`, bearer(value.token))),
    // Used before; for another address; for another installation; no token at all.
    get(`${origin}${asked[0]}`, bearer(tokens[0] ?? '')),
    get(`${origin}/v1/feed`, bearer(tokens[1] ?? '')),
    get(`${origin}/v1/feed`, bearer(foreign)),
    get(`${origin}/v1/feed`, { authorization: `${value.code} ${value.token}` }),
    get(`${origin}/v1/referrals/${value.path}`),
  ];
}

/** Requests to every interface at addresses and with parameters that there are not. */
function strayAddresses(local: RunningLocal): Sent[] {
  const { path, query, code } = strayValues;
  const { submissionApi, entries, log, contactPoints } = addressesOf(local.ports);
  const search = encodeURIComponent(query);
  const origins = [`${submissionApi}/v1`, entries, log, `${contactPoints}/cp-be/v1`, contactPoints];
  return [
    ...origins.flatMap((origin) => [
      get(`${origin}/${path}?${code}=${search}`),
      get(`${origin}/${path}/%E0%A4%A`),
      { ...get(`${origin}/${path}`), method: 'DELETE' },
    ]),
    { ...get(`${submissionApi}/v1/referrals/${path}`), method: 'PUT' },
    get(`${entries}/timelines?search=${search}`),
    get(`${entries}/timelines?search=${path}`),
    get(`${log}/log/inclusion-proof?leafHash=${search}&size=${code}`),
    get(`${log}/log/consistency-proof?from=${search}&to=${code}`),
    get(`${contactPoints}/cp-be/v1/dispatches?state=${code}&after=${search}`),
    get(`${contactPoints}/cp-be/v1/dispatches/${path}`),
    get(`${contactPoints}/${path}/v1/dispatches`),
  ];
}

/** Answers of an authority that its contact point refuses. */
function wrongAnswers(local: RunningLocal, dispatchId: string): Sent[] {
  const { memberValue, code, text, path, awkward } = strayValues;
  const url = `${addressesOf(local.ports).contactPoints}/cp-be/v1/dispatches`;
  const answer = { kind: 'acknowledged', answerId: newLocalId(), caseNumber: memberValue };
  const bodies = [
    { ...answer, caseNumber: awkward },
    { ...answer, [strayNames.member]: memberValue },
    { ...answer, kind: code },
    { ...answer, answerId: text },
  ];
  return [
    ...bodies.map((body) => post(`${url}/${dispatchId}/answers`, json, JSON.stringify(body))),
    post(`${url}/${dispatchId}/answers`, json, `{"caseNumber": "${text}`),
    post(`${url}/${dispatchId}/answers`, { 'content-type': strayValues.contentType }, text),
    post(`${url}/${newLocalId()}/answers`, json, JSON.stringify(answer)),
    post(`${url}/${path}/answers`, json, JSON.stringify(answer)),
  ];
}

/**
 * Everything that can be asked wrongly of a running Liaison, with values planted wherever a caller can put one.
 * @param referral one that would be accepted.
 */
export async function wrongRequests(
  local: RunningLocal,
  { referral, dispatchId }: { readonly referral: Referral; readonly dispatchId: string },
): Promise<readonly Sent[]> {
  return [
    ...(await submissions(local, referral)),
    ...(await reads(local)),
    ...strayAddresses(local),
    ...wrongAnswers(local, dispatchId),
  ];
}
