import type { Catalogue } from '@liaison/pages';
import type { TimelineEvent } from '../timelines/describe-event.ts';

// Read in the text of COM(2022) 209 final; where no article asks for a step, the page says so and names none.
const en = {
  assess: 'Article 48(1) of COM(2022) 209: assessed and processed expeditiously',
  partner: 'Article 54 of COM(2022) 209: cooperation with partner organisations',
  unfounded: 'Article 48(2) of COM(2022) 209: manifestly unfounded, the sender is told why',
  forward:
    'Article 48(3) of COM(2022) 209: forwarded to Europol and to the authorities likely to be competent',
  europolOnly: 'Article 48(3), second subparagraph, of COM(2022) 209: forwarded to Europol alone',
  urgent: 'Article 48(4) of COM(2022) 209: urgent action is a matter of priority',
  askProvider: 'Article 48(5) of COM(2022) 209: missing information is asked for',
  holdNotice: 'Article 48(6)(a) of COM(2022) 209: the user is not to be informed',
  holdRemoval: 'Article 48(6)(b) of COM(2022) 209: material is not to be removed',
  notRemoved: 'Article 48(8) of COM(2022) 209: the Coordinating Authority is informed',
  receipt:
    'No article asks for it; by analogy with Article 14(4) of COM(2022) 209 (authentic, recorded messages)',
  followUp: 'Article 83(2)(a) of COM(2022) 209: follow-up given to what was forwarded',
  accuracy: 'Article 46(7) of COM(2022) 209: kept only as long as necessary',
  practice: 'No article asks for it: practice of the exchange',
} as const;

/** Key of an article. */
export type ArticleWord = keyof typeof en;

const fr: Readonly<Record<ArticleWord, string>> = {
  assess: 'Article 48, paragraphe 1, de COM(2022) 209 : évaluation et traitement rapides',
  partner: 'Article 54 de COM(2022) 209 : coopération avec les organisations partenaires',
  unfounded:
    'Article 48, paragraphe 2, de COM(2022) 209 : manifestement infondée, l’expéditeur en apprend les motifs',
  forward:
    'Article 48, paragraphe 3, de COM(2022) 209 : transmise à Europol et aux autorités probablement compétentes',
  europolOnly: 'Article 48, paragraphe 3, deuxième alinéa, de COM(2022) 209 : transmise à Europol seul',
  urgent: 'Article 48, paragraphe 4, de COM(2022) 209 : l’urgence est traitée en priorité',
  askProvider: 'Article 48, paragraphe 5, de COM(2022) 209 : demande des informations manquantes',
  holdNotice: 'Article 48, paragraphe 6, point a), de COM(2022) 209 : l’utilisateur ne doit pas être informé',
  holdRemoval: 'Article 48, paragraphe 6, point b), de COM(2022) 209 : le matériel ne doit pas être retiré',
  notRemoved: 'Article 48, paragraphe 8, de COM(2022) 209 : l’autorité coordinatrice est informée',
  receipt:
    'Aucun article ne l’exige ; par analogie avec l’article 14, paragraphe 4, de COM(2022) 209 (messages authentiques et enregistrés)',
  followUp: 'Article 83, paragraphe 2, point a), de COM(2022) 209 : suites données à ce qui a été transmis',
  accuracy: 'Article 46, paragraphe 7, de COM(2022) 209 : conservation limitée au nécessaire',
  practice: 'Aucun article ne l’exige : pratique de l’échange',
};

/** Articles in words. */
export const articleWords: Catalogue<ArticleWord> = { en, fr };

const ofAnswers: Readonly<Record<string, ArticleWord>> = {
  acknowledged: 'practice',
  declined: 'forward',
  informationRequested: 'askProvider',
  userNoticeHold: 'holdNotice',
  noRemovalHold: 'holdRemoval',
  outcome: 'followUp',
};

const ofDecisions: Readonly<Record<string, ArticleWord>> = {
  manifestlyUnfounded: 'unfounded',
  europolOnly: 'europolOnly',
};

/** Partner centres and hotlines are no senders of Article 12: Article 48(1) speaks of providers' reports alone. */
const ofSubmissions: Readonly<Record<string, ArticleWord>> = {
  hotlineReferral: 'partner',
  partnerReferral: 'partner',
};

function factOf({ facts }: TimelineEvent, name: string): unknown {
  return (facts as Readonly<Record<string, unknown>>)[name];
}

/** Under which article an event happened. */
export function articleOf(event: TimelineEvent): ArticleWord {
  const kind = factOf(event, 'kind');
  const pick = (table: Readonly<Record<string, ArticleWord>>, otherwise: ArticleWord): ArticleWord =>
    (typeof kind === 'string' && Object.hasOwn(table, kind) ? table[kind] : undefined) ?? otherwise;
  switch (event.type) {
    case 'referralAccepted':
      return pick(ofSubmissions, 'assess');
    case 'referralDecided':
      return pick(ofDecisions, 'forward');
    case 'noticeDecided':
      return 'notRemoved';
    case 'dispatchSealed':
    case 'dispatchSent':
    case 'dispatchParked':
      return 'forward';
    case 'dispatchReceipted':
    case 'dispatchRefused':
      return 'receipt';
    case 'feedbackReceived':
      return pick(ofAnswers, 'practice');
    case 'deadlinePassed': {
      const codes = factOf(event, 'codes');
      return Array.isArray(codes) && codes.includes('urgent') ? 'urgent' : 'assess';
    }
    case 'contentErased':
      return 'accuracy';
    default:
      return 'practice';
  }
}
