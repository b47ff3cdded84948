/**
 * How many referrals to take together so that parcels hold this many dispatches on average: each referral gives one to its
 * state and one to Europol, and a parcel holds those of one addressee.
 * @param addressees of referrals, in the order in which they come.
 */
export function findRoundSize(addressees: readonly string[], meanMessages: number): number {
  const meanAt = (size: number): number => {
    let parcels = 0;
    let rounds = 0;
    for (let from = 0; from + size <= addressees.length; from += size) {
      parcels += 1 + new Set(addressees.slice(from, from + size)).size;
      rounds += 1;
    }
    return rounds === 0 ? Number.POSITIVE_INFINITY : (2 * size * rounds) / parcels;
  };
  let size = 1;
  while (size < addressees.length && meanAt(size) < meanMessages) size += 1;
  const lower = Math.max(1, size - 1);
  return meanMessages - meanAt(lower) < meanAt(size) - meanMessages ? lower : size;
}
