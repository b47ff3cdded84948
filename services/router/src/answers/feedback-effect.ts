import type { Feedback } from '@liaison/contracts';
import type { ProviderEvent } from '../store/provider-events.ts';

/** What an answer changes at the hub. */
export interface FeedbackEffect {
  /** Where the addressee stands with the dispatch; null leaves it as it is. */
  readonly answer: 'acknowledged' | 'declined' | 'closed' | null;
  /** What the sender may be told: never addressees, case numbers or outcomes. */
  readonly tell: Pick<ProviderEvent, 'kind' | 'codes' | 'until'> | null;
}

const nothing: FeedbackEffect = { answer: null, tell: null };

/** What each kind of answer means (COM(2022) 209, Articles 36(3)–(4), 48(5)–(6), 83(2)(a)). */
export function effectOf(feedback: Feedback): FeedbackEffect {
  switch (feedback.kind) {
    case 'acknowledged':
      return { ...nothing, answer: 'acknowledged' };
    case 'declined':
      return { ...nothing, answer: 'declined' };
    case 'informationRequested':
      return { ...nothing, tell: { kind: 'infoRequested', codes: feedback.requested, until: null } };
    case 'userNoticeHold':
    case 'noRemovalHold':
      return { ...nothing, tell: { kind: feedback.kind, codes: [], until: feedback.until } };
    case 'outcome': {
      const mayTell = feedback.assessment === 'notIllegal' && feedback.released;
      return {
        ...nothing,
        answer: feedback.closed ? 'closed' : 'acknowledged',
        tell: mayTell ? { kind: 'notIllegal', codes: [], until: null } : null,
      };
    }
    default:
      return feedback satisfies never;
  }
}
