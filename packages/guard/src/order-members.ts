import type { TextMember } from './collect-texts.ts';

function groupBy(
  members: readonly TextMember[],
  keyOf: (member: TextMember) => string,
): readonly (readonly TextMember[])[] {
  const groups = new Map<string, TextMember[]>();
  for (const member of members) {
    const group = groups.get(keyOf(member));
    if (group === undefined) groups.set(keyOf(member), [member]);
    else group.push(member);
  }
  return [...groups.values()];
}

/** Members of one path stand together, in their order: a file cut into pieces lies in one path. */
export function orderByPath(members: readonly TextMember[]): readonly TextMember[] {
  return groupBy(members, ({ rule }) => rule.path).flat();
}

const uuid = /([0-9a-f]{8}-[0-9a-f]{4}-)[0-9a-f]([0-9a-f]{3}-)[0-9a-f]([0-9a-f]{3}-[0-9a-f]{12})/gi;

function sharedLength(texts: readonly string[], charAt: (text: string, index: number) => string): number {
  const [first = ''] = texts;
  const shortest = Math.min(...texts.map((text) => text.length));
  let length = 0;
  while (length < shortest && texts.every((text) => charAt(text, length) === charAt(first, length)))
    length += 1;
  return length;
}

/** What all members of a group begin or end with carries nothing: `vault:`, `@mail.example`. */
function withoutShared(group: readonly TextMember[]): readonly TextMember[] {
  if (group.length < 2) return group;
  const texts = group.map(({ text }) => text);
  const start = sharedLength(texts, (text, index) => text.charAt(index));
  const rest = texts.map((text) => text.slice(start));
  const end = sharedLength(rest, (text, index) => text.charAt(text.length - 1 - index));
  return group.map((member, index) => ({ ...member, text: rest[index]?.slice(0, -end || undefined) ?? '' }));
}

/**
 * The same members as a reader may take them who knows what to leave out: apart by the kind of identifier, without what
 * all of them share, UUIDs without their two fixed digits. Only the members of which this says something new.
 */
export function leaveOutFixed(members: readonly TextMember[]): readonly TextMember[] {
  return groupBy(members, ({ rule }) => rule.path).flatMap((path) => {
    const groups = groupBy(path, ({ identifierType }) => identifierType ?? '');
    return groups.flatMap((group) => {
      const stripped = withoutShared(
        group.map((member) => ({ ...member, text: member.text.replaceAll(uuid, '$1$2$3') })),
      );
      const isNew = groups.length > 1 || stripped.some(({ text }, index) => text !== group[index]?.text);
      return isNew ? stripped : [];
    });
  });
}
