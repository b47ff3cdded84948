/** A member of a group when its topics are shared out. */
export interface GroupClaim {
  readonly memberId: string;
  /** What it wants to read. */
  readonly topics: readonly string[];
  /** What it has read until now. */
  readonly owned: readonly string[];
}

/**
 * Shares the topics of a group out: each goes to one member who wants it, nobody gets more than a fair share, and within
 * that who had a topic keeps it. So one who joins takes nothing from somebody in the middle of it without need.
 * The same claims in any order give the same shares.
 * @returns topics by member id; every member is named
 */
export function assignTopics(claims: readonly GroupClaim[]): ReadonlyMap<string, readonly string[]> {
  const members = claims.toSorted((a, b) => compare(a.memberId, b.memberId));
  const topics = [...new Set(members.flatMap((member) => member.topics))].toSorted(compare);
  const shares = new Map<string, string[]>(members.map(({ memberId }) => [memberId, []]));
  const fairShare = Math.ceil(topics.length / Math.max(1, members.length));
  const sizeOf = ({ memberId }: GroupClaim) => shares.get(memberId)?.length ?? 0;
  const give = (topic: string, to: GroupClaim) => shares.get(to.memberId)?.push(topic);

  const free = topics.filter((topic) => {
    const owner = members.find(
      (member) => member.owned.includes(topic) && member.topics.includes(topic) && sizeOf(member) < fairShare,
    );
    if (owner !== undefined) give(topic, owner);
    return owner === undefined;
  });
  for (const topic of free) {
    const [least] = members
      .filter((member) => member.topics.includes(topic))
      .toSorted((a, b) => sizeOf(a) - sizeOf(b));
    if (least !== undefined) give(topic, least);
  }
  return shares;
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
