/** A family of attempts: every way of writing, with every payload, in every place. */
export interface Recipe {
  readonly ways: readonly (readonly string[])[];
  readonly payloads: readonly string[];
  /** Name of a carrier, and after a space the length of a piece where it is not what the member holds. */
  readonly places: readonly string[];
  /** Why it must be refused. */
  readonly code: string;
  /** What stands between two pieces for a reader. */
  readonly join?: string;
  /** How the text becomes pieces: cut by length, or at each space. */
  readonly cut?: 'words';
  /** Index of the member that must be refused, where it is not the first. */
  readonly at?: number;
}

/** One kind of attempt: what a reader does, in words, and the recipes. */
export interface Kind {
  readonly name: string;
  /** Ends the sentence "…, by …". */
  readonly by: string;
  readonly recipes: readonly Recipe[];
}
