export type AclResource = 'topic' | 'group' | 'cluster' | 'other';
export type AclOperation = 'describe' | 'read' | 'write' | 'other';

/** A rule as the declared file has it; `{instance}` and `{participant}` stand for those. */
interface DeclaredRule {
  readonly resource: 'topic' | 'group';
  readonly name?: string;
  readonly prefix?: string;
  readonly operations: readonly ('describe' | 'read' | 'write')[];
}

/** Who may do what, and as whom. */
export interface DeclaredRole {
  readonly principal: string;
  readonly rules: readonly DeclaredRule[];
}

/** What a Kafka has to hold for the exchange of one instance (infra/kafka/exchange.json). */
export interface TopologyDeclaration {
  readonly topics: {
    readonly partitions: 1;
    readonly replicas: number;
    readonly settings: Readonly<Record<string, string>>;
  };
  readonly hub: DeclaredRole;
  readonly participant: DeclaredRole;
}

/** One permission of a Kafka: who may do what with what. */
export interface AccessRule {
  /** Without `User:`. */
  readonly principal: string;
  readonly resource: AclResource;
  readonly pattern: 'literal' | 'prefixed';
  readonly name: string;
  readonly operation: AclOperation;
  /** A rule of another kind (of refusal, say, or for one machine), as Kafka spells it; null for an ordinary one. */
  readonly special: string | null;
}

export interface TopicState {
  readonly name: string;
  readonly partitions: number;
  readonly replicas: number;
  /** Only those that the declaration names. */
  readonly settings: Readonly<Record<string, string>>;
}

/** Topics and rules of one instance, as they are or as they should be. */
export interface Topology {
  readonly topics: readonly TopicState[];
  /** null: the brokers keep none. */
  readonly rules: readonly AccessRule[] | null;
}

/** One thing in which a Kafka differs from the declaration. */
export type Drift =
  | { readonly kind: 'topic-missing'; readonly topic: TopicState }
  | { readonly kind: 'topic-undeclared'; readonly name: string }
  | {
      readonly kind: 'partitions-differ';
      readonly name: string;
      readonly declared: number;
      readonly found: number;
    }
  | {
      readonly kind: 'setting-differs';
      readonly name: string;
      readonly setting: string;
      readonly declared: string;
      readonly found: string | null;
    }
  | { readonly kind: 'rule-missing'; readonly rule: AccessRule }
  /** The brokers keep no rules: everybody may do everything. */
  | { readonly kind: 'rules-not-kept' }
  /** Somebody may do something that nobody declared. */
  | { readonly kind: 'rule-undeclared'; readonly rule: AccessRule };
