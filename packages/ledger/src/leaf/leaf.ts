import type { LedgerEvent } from '@liaison/contracts';
import { canonicalise, isJsonObject, parseCanonicalObject } from './canonical-json.ts';

/** An event as read from a leaf. A later minor version may have added types and members: unknown ones are kept. */
export type LeafEvent = Omit<LedgerEvent, 'type'> & { readonly type: string };

/** Why bytes are not a leaf. */
export type LeafFault =
  /** Not the RFC 8785 form of a JSON object. */
  | 'leaf-not-canonical'
  /** A leaf of a later major version. */
  | 'leaf-version-unknown'
  /** A member is missing, or not of its form. */
  | 'leaf-malformed';

/** What became of a leaf's bytes. */
export type LeafResult =
  { readonly ok: true; readonly event: LeafEvent } | { readonly ok: false; readonly code: LeafFault };

// Written out here, because a validator for JSON Schema does not belong in a page; a test compares them with the schema.
const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const participantId = /^[a-z][a-z0-9-]{1,62}$/;
const code = /^[a-z][a-zA-Z0-9-]{1,63}$/;
const members: Readonly<Record<string, RegExp>> = {
  origin: /^(?=.{1,120}$)[a-z0-9][a-z0-9./-]*$/,
  eventId: uuid,
  type: code,
  at: /^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{3}Z$/,
  subjectId: /^[a-z0-9][a-z0-9.-]{0,63}$/,
  actorId: participantId,
  commitment: /^sha-256:[A-Za-z0-9_-]{43}$/,
};
const facts: Readonly<Record<string, RegExp>> = {
  kind: code,
  sender: participantId,
  addressee: participantId,
  referralId: uuid,
  state: code,
  policyVersion: /^[0-9a-z][0-9a-z.-]{0,31}$/,
};

function fits(value: unknown, form: RegExp): boolean {
  return typeof value === 'string' && form.test(value);
}

function isLeafEvent(value: Readonly<Record<string, unknown>>): value is LeafEvent {
  const given = value['facts'];
  if (!isJsonObject(given)) return false;
  const codes = given['codes'] === undefined ? [] : given['codes'];
  return (
    Object.entries(members).every(([name, form]) => fits(value[name], form)) &&
    Object.entries(facts).every(([name, form]) => given[name] === undefined || fits(given[name], form)) &&
    Array.isArray(codes) &&
    codes.every((entry) => fits(entry, code))
  );
}

/**
 * Bytes of an event's leaf: UTF-8 of its RFC 8785 form. They are stored as such and never made again.
 *
 * @throws LedgerError `value-not-json`
 */
export function encodeLeaf(event: LedgerEvent): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(canonicalise(event));
}

/** Reads a leaf. Its bytes have to be the canonical ones, so that one event has one hash. */
export function decodeLeaf(leaf: Uint8Array): LeafResult {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(leaf);
  } catch {
    return { ok: false, code: 'leaf-not-canonical' };
  }
  const value = parseCanonicalObject(text);
  if (value === undefined) return { ok: false, code: 'leaf-not-canonical' };
  if (value['v'] !== 1) return { ok: false, code: 'leaf-version-unknown' };
  return isLeafEvent(value) ? { ok: true, event: value } : { ok: false, code: 'leaf-malformed' };
}
