import type { RefusalCode } from '@liaison/contracts';
import type { AlarmCode } from '../store/alarms.ts';

/** What the hub does about a refusal. */
export interface RefusalRule {
  /** Sent again, the same bytes under the key that is current then; or parked until something changes. */
  readonly action: 'repack' | 'park';
  readonly alarm: AlarmCode;
}

const unopened: RefusalRule = { action: 'repack', alarm: 'dispatchUndecryptable' };
const notUnderstood: RefusalRule = { action: 'park', alarm: 'dispatchParked' };
const mistrusted: RefusalRule = { action: 'park', alarm: 'dispatchSignatureRefused' };

/** What a receipt that opened a parcel says of a message by leaving it out: what does not verify has no id to name. */
export const unansweredCode = 'entry-missing';

const rules: ReadonlyMap<string, RefusalRule> = new Map(
  Object.entries({
    undecryptable: unopened,
    'parcel-malformed': unopened,
    'version-unknown': notUnderstood,
    'kind-unknown': notUnderstood,
    'schema-invalid': notUnderstood,
    'in-reply-to-unknown': notUnderstood,
    'jws-malformed': mistrusted,
    'signature-invalid': mistrusted,
    'key-unknown': mistrusted,
    'key-not-valid': mistrusted,
    'audience-wrong': mistrusted,
    'id-reused': mistrusted,
    [unansweredCode]: mistrusted,
  } satisfies Record<RefusalCode | typeof unansweredCode, RefusalRule>),
);

/** The rule for a refusal's code; one that we do not know yet is parked for staff to look at. */
export function refusalRuleOf(code: string): RefusalRule {
  return rules.get(code) ?? notUnderstood;
}
