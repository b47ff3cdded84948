import { readFileSync, writeFileSync } from 'node:fs';
import type { Attempt } from './attempt.ts';
import { carriers } from './carriers.ts';
import { encode } from './encode.ts';
import { addressKinds, unknownMembers } from './kinds/addresses.ts';
import { alphabetKinds } from './kinds/alphabets.ts';
import { coverKinds } from './kinds/covers.ts';
import { disguiseKinds } from './kinds/disguises.ts';
import { encodingKinds } from './kinds/encodings.ts';
import type { Kind, Recipe } from './kinds/kind.ts';
import { memberKinds } from './kinds/members.ts';
import { payloads } from './payloads.ts';

// Writes `fixtures/corpus/`, one file for each kind; with `--check` says instead whether that is what stands there.

const kinds: readonly Kind[] = [
  ...encodingKinds,
  ...disguiseKinds,
  ...alphabetKinds,
  ...coverKinds,
  ...memberKinds,
  ...addressKinds,
];

function payloadOf(name: string): { readonly called: string; readonly bytes: Buffer } {
  const payload = payloads[name];
  if (payload === undefined) throw new RangeError(`no payload ${name}`);
  return payload;
}

function makeAttempt(
  by: string,
  recipe: Recipe,
  choice: { readonly steps: readonly string[]; readonly payload: string; readonly place: string },
): Attempt {
  const { steps, payload, place } = choice;
  const [name = '', length] = place.split(' ');
  const carrier = carriers[name];
  if (carrier === undefined) throw new RangeError(`no carrier ${name}`);
  const { bytes, called } = payloadOf(payload);
  const text = encode(bytes, steps);
  const size = length === undefined ? carrier.size : Number(length);
  const pieces =
    recipe.cut === 'words' ? text.split(' ') : (text.match(new RegExp(`.{1,${size}}`, 'gsu')) ?? []);
  if (pieces.length > carrier.most)
    throw new RangeError(`${payload} is too long for ${place} as ${steps.join(', ')}`);
  const members = pieces.map((_, index) => carrier.pointerOf(index));
  const from = members.length === 1 ? 'one member' : `${members.length} members`;
  return {
    reader: `${called} (${bytes.length} bytes) from ${from}, by ${by}`,
    payload,
    steps,
    members,
    ...(carrier.take === undefined ? {} : { take: carrier.take }),
    join: recipe.join ?? '',
    expect: { pointer: members[0] ?? '', code: recipe.code },
    set: carrier.hold(pieces),
  };
}

function makeAttempts({ by, recipes }: Kind): readonly Attempt[] {
  return recipes.flatMap((recipe) =>
    recipe.ways.flatMap((steps) =>
      recipe.payloads.flatMap((payload) =>
        recipe.places.map((place) => makeAttempt(by, recipe, { steps, payload, place })),
      ),
    ),
  );
}

function makeUnknownMember(pointer: string, form: Readonly<Record<string, unknown>>): Attempt {
  const { called, bytes } = payloadOf('gif');
  const set = JSON.parse(JSON.stringify(form).replace('%', () => bytes.toString('base64'))) as Readonly<
    Record<string, unknown>
  >;
  const path = (at: string, node: unknown): string =>
    typeof node === 'object' && node !== null
      ? (Object.entries(node)
          .map(([name, entry]) => path(`${at}/${name}`, entry))
          .find((found) => found !== '') ?? '')
      : node === bytes.toString('base64')
        ? at
        : '';
  return {
    reader: `${called} (${bytes.length} bytes) from a member that no referral has, by decoding base64`,
    payload: 'gif',
    steps: ['base64'],
    members: [path('', set)],
    join: '',
    expect: { pointer, code: 'guard-member-unknown' },
    schemaRefuses: true,
    set,
  };
}

const corpus: readonly (readonly [string, readonly Attempt[]])[] = [
  ...kinds.map((kind) => [kind.name, makeAttempts(kind)] as const),
  ['unknown-member', unknownMembers.map(([pointer, form]) => makeUnknownMember(pointer, form))],
];
const isCheck = process.argv.includes('--check');
for (const [name, attempts] of corpus) {
  const file = new URL(`../fixtures/corpus/${name}.ndjson`, import.meta.url);
  const lines = attempts.map((attempt) => `${JSON.stringify(attempt)}\n`).join('');
  if (!isCheck) writeFileSync(file, lines);
  else if (readFileSync(file, 'utf8') !== lines) {
    process.exitCode = 1;
    process.stderr.write(`${name} is not what make-corpus.ts makes\n`);
  }
}
