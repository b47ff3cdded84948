/** Parts of Liaison that run as processes of their own. */
export const processes = ['submission-api', 'router', 'audit', 'contact-points'] as const;
export type ProcessName = (typeof processes)[number];

/** Every awaited I/O between which a crash matters, and in which process: accept, decide, send, receive, receipt, answer, sequence. */
export const points: Readonly<Record<string, ProcessName>> = {
  'accept:committed': 'submission-api',
  'decide:before-commit': 'router',
  'decide:committed': 'router',
  'send:sent': 'router',
  'answers:committed': 'router',
  'inbox:committed': 'contact-points',
  'receipts:sent': 'contact-points',
  'answers:sent': 'contact-points',
  'sequence:before-commit': 'audit',
  'sequence:committed': 'audit',
};

/** What goes wrong, and with what. */
export type Fault =
  | { readonly kind: 'kill-process'; readonly process: ProcessName }
  | { readonly kind: 'kill-at-point'; readonly point: string }
  | { readonly kind: 'pause-process'; readonly process: ProcessName; readonly lastsMs: number }
  | {
      readonly kind: 'clock-jump';
      readonly process: ProcessName;
      readonly byMs: number;
      readonly lastsMs: number;
    }
  | { readonly kind: 'kill-database' }
  | { readonly kind: 'cut-connections' }
  | { readonly kind: 'slow-connections'; readonly delayMs: number; readonly lastsMs: number }
  | { readonly kind: 'half-open-connections'; readonly lastsMs: number }
  | { readonly kind: 'disk-full'; readonly lastsMs: number }
  | { readonly kind: 'poison'; readonly towards: 'hub' | 'contact-point'; readonly shape: number }
  | { readonly kind: 'repeat-and-reorder'; readonly count: number }
  | { readonly kind: 'rotate-key' }
  | { readonly kind: 'kill-broker'; readonly broker: number }
  | { readonly kind: 'pause-broker'; readonly broker: number; readonly lastsMs: number }
  | { readonly kind: 'restart-cluster' }
  | { readonly kind: 'rebalance-storm'; readonly members: number };

export type FaultKind = Fault['kind'];

/** What can go wrong whatever carries the records. */
export const commonKinds: readonly FaultKind[] = [
  'kill-process',
  'kill-at-point',
  'pause-process',
  'clock-jump',
  'kill-database',
  'cut-connections',
  'slow-connections',
  'half-open-connections',
  'disk-full',
  'poison',
  'repeat-and-reorder',
  'rotate-key',
];

/** What can go wrong with a Kafka of three brokers besides. */
export const brokerKinds: readonly FaultKind[] = [
  'kill-broker',
  'pause-broker',
  'restart-cluster',
  'rebalance-storm',
];
