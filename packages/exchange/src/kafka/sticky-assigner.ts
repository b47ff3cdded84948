import kafkajs from 'kafkajs';
import type { GroupMember, PartitionAssigner } from 'kafkajs';

import { assignTopics } from './assign-topics.ts';
import type { GroupClaim } from './assign-topics.ts';

const name = 'liaison-sticky';
const version = 1;

/**
 * How members of a group share its topics, as kafkajs wants it told: kafkajs brings only one that deals topics out anew,
 * whoever is reading them.
 * @param ownedTopics what this member reads now
 */
export function createStickyAssigner(ownedTopics: () => readonly string[]): PartitionAssigner {
  const { MemberMetadata, MemberAssignment } = kafkajs.AssignerProtocol;
  return () => ({
    name,
    version,
    protocol: ({ topics }) => ({
      name,
      metadata: MemberMetadata.encode({
        version,
        topics,
        userData: Buffer.from(JSON.stringify(ownedTopics())),
      }),
    }),
    assign: async ({ members }) => {
      const shares = assignTopics(members.map(readClaim));
      return [...shares].map(([memberId, topics]) => ({
        memberId,
        memberAssignment: MemberAssignment.encode({
          version,
          assignment: Object.fromEntries(topics.map((topic) => [topic, [0]])),
          userData: Buffer.alloc(0),
        }),
      }));
    },
  });

  function readClaim({ memberId, memberMetadata }: GroupMember): GroupClaim {
    const metadata = MemberMetadata.decode(memberMetadata);
    return { memberId, topics: metadata?.topics ?? [], owned: readOwned(metadata?.userData) };
  }
}

/** Another version of us may say something else: then it owns nothing. */
function readOwned(userData: Buffer | undefined): string[] {
  try {
    const owned: unknown = JSON.parse(userData?.toString() ?? '');
    return Array.isArray(owned) ? owned.filter((topic) => typeof topic === 'string') : [];
  } catch {
    return [];
  }
}
