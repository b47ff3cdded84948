import type { Fault } from '@liaison/contracts';
import type { TextMember } from './collect-texts.ts';
import type { MediaFinding, MediaFindings } from './media-search.ts';
import { parseAddress } from './parse-address.ts';
import { readSelectors } from './selectors.ts';

/** Members that are searched as one text, and where each of them begins in it. */
interface Joined {
  readonly text: string;
  readonly members: readonly TextMember[];
  readonly starts: readonly number[];
}

function join(members: readonly TextMember[], separator: string): Joined {
  const parts: string[] = [];
  const starts: number[] = [];
  let length = 0;
  for (const member of members) {
    // Full-width letters and the like are read as what they look like; selectors and tags as the bytes they carry.
    const part = readSelectors(member.text.normalize('NFKC')) + separator;
    parts.push(part);
    starts.push(length);
    length += part.length;
  }
  return { text: parts.join(''), members, starts };
}

function memberAt({ members, starts }: Joined, at: number): TextMember | undefined {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((starts[middle] ?? 0) <= at) low = middle;
    else high = middle - 1;
  }
  return members[low];
}

function faultsOf(joined: Joined, findings: readonly MediaFinding[]): Fault[] {
  return findings.flatMap(({ at, what }) => {
    const member = memberAt(joined, at);
    return member === undefined
      ? []
      : [{ pointer: member.pointer, code: 'guard-magic-number', detail: `begins like ${what}` }];
  });
}

/**
 * Searches members as if each went on where the one before it ended: so that a file cut into pieces is found by its
 * beginning.
 * @param separator what stands between two members: a space between words, which may be numbers, else nothing.
 */
export function searchJoined(
  members: readonly TextMember[],
  separator: string,
  search: (text: string) => MediaFindings,
): Fault[] {
  if (members.length === 0) return [];
  const joined = join(members, separator);
  const { findings, exhausted } = search(joined.text);
  const faults = faultsOf(joined, findings);
  const longest = members.toSorted((one, other) => other.text.length - one.text.length).at(0);
  if (exhausted && longest !== undefined) {
    faults.push({
      pointer: longest.pointer,
      code: 'guard-base64-run',
      detail: 'too much text inside encodings',
    });
  }
  return faults;
}

/** Last bytes of an address that are read apart: what stands before them may be the network of all. */
const lastBytes = [16, 12, 10, 8, 6, 4, 3, 2, 1] as const;

/** Searches the addresses of hosts as the bytes that they are, whole or by their ends: fifty of them are 800 bytes. */
export function searchAddresses(
  members: readonly TextMember[],
  searchBytes: (bytes: Uint8Array) => readonly MediaFinding[],
): Fault[] {
  if (members.length === 0) return [];
  const parts = members.map(({ text }) => parseAddress(text));
  return lastBytes.flatMap((count) => {
    const starts: number[] = [];
    const bytes: number[] = [];
    for (const part of parts) {
      starts.push(bytes.length);
      bytes.push(...part.slice(-count));
    }
    return faultsOf({ text: '', members, starts }, searchBytes(Uint8Array.from(bytes)));
  });
}
