/** Sentences as a sender's staff might write them, by language tag: no content, nobody's name. */
export type SentenceStock = Readonly<Record<string, readonly string[]>>;
