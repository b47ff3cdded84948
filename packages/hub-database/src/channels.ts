/** Channels on which the hub's services wake each other; whoever misses one polls. */
export const hubChannels = {
  /** A referral waits for its decision. */
  accepted: 'liaison_accepted',
  /** A dispatch waits to be sent. */
  sealed: 'liaison_sealed',
  /** An event waits for its position. */
  ledger: 'liaison_ledger',
  /** Participants or keys have changed: the directory has to be issued anew. */
  participants: 'liaison_participants',
  /** A new directory was issued. */
  issued: 'liaison_issued',
} as const;
