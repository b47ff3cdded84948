import type { Catalogue } from '../words.ts';

const en = {
  'headline.urgent': 'Urgent. {headline}',
  'headline.memberStates': 'Likely to have jurisdiction: {states}',
  'headline.followsPrior': 'Goes where the earlier referral went: {states}',
  'headline.europolOnly': 'Europol only: {reason}',
  'headline.manifestlyUnfounded': 'Forwarded to nobody: manifestly unfounded',

  'urgency.claimed':
    'The sender claims urgency. The referral is treated as urgent, and the hub has not judged it yet (Article 48(4) of COM(2022) 209).',
  'urgency.agreed':
    'The sender claims urgency, and the hub judges the referral urgent (Article 48(4) of COM(2022) 209).',
  'urgency.doubted':
    'The sender claims urgency; the hub does not judge the referral urgent (Article 48(4) of COM(2022) 209).',
  'urgency.found':
    'The sender claims no urgency; the hub judges the referral urgent by its circumstances (Article 48(4) of COM(2022) 209).',
  'urgency.none': 'Urgency is neither claimed nor found (Article 48(4) of COM(2022) 209).',

  'rule.statesLikelyCompetent':
    'The referral goes to the law enforcement authorities of the Member States likely to have jurisdiction (Article 48(3) of COM(2022) 209). What is likely is judged by where the offence takes place and where the reported user or the person appearing to be victim resides or is located (Article 18(2) of Regulation (EU) 2022/2065, Article 17 of Directive 2011/93/EU).',
  'rule.relationFollowsPrior':
    'What this referral says makes no further state likely; it goes where the earlier referral went, so that whoever received that one learns what changes it (Article 48(3) of COM(2022) 209).',
  'rule.withdrawalFollowsPrior':
    'This referral withdraws an earlier one and goes where that one went, whatever else it says.',
  'rule.noStateCertainEnough':
    'No Member State can be determined with sufficient certainty (Article 48(3), second subparagraph, of COM(2022) 209). The establishment of the provider plays no part: that fallback belongs to Article 18(2) of Regulation (EU) 2022/2065, not to Article 48(3).',
  'rule.emptyOfFacts':
    'The referral is manifestly unfounded: it is empty of facts, not urgent, and says nothing of an earlier one (Article 48(2) of COM(2022) 209).',
  'rule.redirectedAfterDecline':
    'An authority that had received the referral declined it; it goes on to the authority named in that answer, or to Europol where none is left (Article 48(3) of COM(2022) 209).',
  'rule.other': 'Rule applied: {rule}.',

  'state.whole': '{country}: {parts}.',
  'state.certainty': '{certainty} certainty of country',
  'state.roles': 'as {roles}',
  'state.signals': 'resting on {signals}',

  'signal.whole': '{signal} ({parts})',
  'signal.lowered': '{strength}, lowered because {reasons}',
  'signal.entries': '{count} entries, the freshest of {moment}',
  'signal.undatedEntries': '{count} entries',
  'signal.more': '{pointers} and {count} more',

  'lead.suggested':
    'Suggested lead: {country} ({rule}). It is a suggestion that binds nobody; the law knows no lead.',
  'lead.noStateConcerned': 'No lead is suggested: no Member State is concerned.',
  'lead.leadOfPriorReferral':
    'No lead is suggested: what was suggested with the earlier referral stays as it is, and binds nobody.',

  'europol.article48Copy': 'Europol receives it too, as Article 48(3) of COM(2022) 209 requires.',
  'europol.europolOnly':
    'Europol alone receives it, for further analysis and for referral to the competent authorities (Article 48(3), second subparagraph, of COM(2022) 209). Reason: {reasons}.',
  'europol.namedDeparture':
    'Europol receives no copy: the policy departs from Article 48(3) of COM(2022) 209 and says so; the ledger holds who put it into force.',
  'europol.notForwarded':
    'It is forwarded to nobody, Europol included, and its sender is told why (Article 48(2) of COM(2022) 209). Reason: {reasons}.',

  'third.stated':
    'Third countries that the signals speak of: {countries}. They are stated to Europol and never addressed: Article 48(3) of COM(2022) 209 names Europol and the authorities of Member States alone.',
  'third.recorded':
    'Third countries that the signals speak of: {countries}. They are recorded and never addressed: Article 48(3) of COM(2022) 209 names Europol and the authorities of Member States alone.',

  'other.counted': 'Also counted, but not what decided: {signals}.',
  'other.notCounted': 'Not counted: {signals}.',
  'other.noWeight': 'no weight in the policy',

  'certainty.both':
    'Certainty of country: {certainty}. Whether the data can lead to one subscriber is a separate question; attributability: {level}.',
  'certainty.because':
    'Certainty of country: {certainty}. Whether the data can lead to one subscriber is a separate question; attributability: {level}, because {reasons}.',

  'regulatory.mainEstablishment':
    'Who supervises the service is another question, with other addressees (Article 33(1) of COM(2022) 209): the Coordinating Authority of the main establishment ({authorities}).',
  'regulatory.legalRepresentative':
    'Who supervises the service is another question, with other addressees (Article 33(2) of COM(2022) 209): the Coordinating Authority of the legal representative ({authorities}).',
  'regulatory.noRepresentative':
    'Who supervises the service is another question, with other addressees (Article 33(2) of COM(2022) 209): the provider has neither an establishment nor a legal representative in the Union, so the Coordinating Authorities of all Member States.',
  'regulatory.notApplicable':
    'Who supervises the service is not asked: the sender is not a provider (Article 33 of COM(2022) 209).',
  'notice.notRemoved':
    'A notice to the Coordinating Authority is decided and not sent yet: publicly accessible material was not removed (Article 48(8) of COM(2022) 209).',

  'data.decided': 'Decision {version}, of {moment}.',
  'data.sets': 'Decision {version}, of {moment}. Countries of addresses come from {sets}.',
  'data.set': '{name} (built on {day})',
} as const;

/** Key of a sentence. */
export type Sentence = keyof typeof en;

const fr: Readonly<Record<Sentence, string>> = {
  'headline.urgent': 'Urgent. {headline}',
  'headline.memberStates': 'Compétence probable : {states}',
  'headline.followsPrior': 'Suit la transmission antérieure : {states}',
  'headline.europolOnly': 'Europol uniquement : {reason}',
  'headline.manifestlyUnfounded': 'Transmise à aucun destinataire : manifestement infondée',

  'urgency.claimed':
    'L’expéditeur invoque l’urgence. La transmission est traitée comme urgente ; la plateforme ne s’est pas encore prononcée (article 48, paragraphe 4, de COM(2022) 209).',
  'urgency.agreed':
    'L’expéditeur invoque l’urgence et la plateforme juge la transmission urgente (article 48, paragraphe 4, de COM(2022) 209).',
  'urgency.doubted':
    'L’expéditeur invoque l’urgence ; la plateforme ne juge pas la transmission urgente (article 48, paragraphe 4, de COM(2022) 209).',
  'urgency.found':
    'L’expéditeur n’invoque pas l’urgence ; la plateforme juge la transmission urgente au vu des circonstances (article 48, paragraphe 4, de COM(2022) 209).',
  'urgency.none': 'L’urgence n’est ni invoquée ni constatée (article 48, paragraphe 4, de COM(2022) 209).',

  'rule.statesLikelyCompetent':
    'La transmission est adressée aux autorités répressives des États membres probablement compétents (article 48, paragraphe 3, de COM(2022) 209). Cette probabilité s’apprécie selon le lieu de l’infraction et le lieu où l’utilisateur signalé ou la personne paraissant être victime réside ou se trouve (article 18, paragraphe 2, du règlement (UE) 2022/2065 ; article 17 de la directive 2011/93/UE).',
  'rule.relationFollowsPrior':
    'Le contenu de cette transmission ne désigne pas d’autre État ; elle suit la transmission antérieure, afin que ses destinataires apprennent ce qui la modifie (article 48, paragraphe 3, de COM(2022) 209).',
  'rule.withdrawalFollowsPrior':
    'Cette transmission en retire une antérieure et en suit les destinataires, quel que soit le reste de son contenu.',
  'rule.noStateCertainEnough':
    'Aucun État membre ne peut être déterminé avec une certitude suffisante (article 48, paragraphe 3, deuxième alinéa, de COM(2022) 209). L’établissement du fournisseur est sans effet : cette solution subsidiaire relève de l’article 18, paragraphe 2, du règlement (UE) 2022/2065 et non de l’article 48, paragraphe 3.',
  'rule.emptyOfFacts':
    'La transmission est manifestement infondée : elle ne contient aucun fait, n’est pas urgente et ne se rapporte à aucune transmission antérieure (article 48, paragraphe 2, de COM(2022) 209).',
  'rule.redirectedAfterDecline':
    'Une autorité destinataire a décliné la transmission ; celle-ci est adressée à l’autorité désignée dans cette réponse ou, à défaut, à Europol (article 48, paragraphe 3, de COM(2022) 209).',
  'rule.other': 'Règle appliquée : {rule}.',

  'state.whole': '{country} : {parts}.',
  'state.certainty': 'certitude {certainty} quant au pays',
  'state.roles': 'en tant que {roles}',
  'state.signals': 'indices retenus : {signals}',

  'signal.whole': '{signal} ({parts})',
  'signal.lowered': '{strength}, affaibli car {reasons}',
  'signal.entries': '{count} occurrences, la plus récente du {moment}',
  'signal.undatedEntries': '{count} occurrences',
  'signal.more': '{pointers} et {count} autres',

  'lead.suggested':
    'Chef de file suggéré : {country} ({rule}). Cette suggestion ne lie personne ; le droit ne prévoit pas de chef de file.',
  'lead.noStateConcerned': 'Aucun chef de file n’est suggéré : aucun État membre n’est concerné.',
  'lead.leadOfPriorReferral':
    'Aucun chef de file n’est suggéré : la suggestion faite avec la transmission antérieure demeure et ne lie personne.',

  'europol.article48Copy':
    'Europol en est également destinataire, comme l’exige l’article 48, paragraphe 3, de COM(2022) 209.',
  'europol.europolOnly':
    'Europol en est le seul destinataire, pour analyse complémentaire et orientation vers les autorités compétentes (article 48, paragraphe 3, deuxième alinéa, de COM(2022) 209). Motif : {reasons}.',
  'europol.namedDeparture':
    'Europol n’en reçoit pas copie : la politique de routage déroge expressément à l’article 48, paragraphe 3, de COM(2022) 209 ; le registre conserve qui l’a mise en vigueur.',
  'europol.notForwarded':
    'Elle n’est transmise à personne, pas même à Europol, et son expéditeur en est informé avec les motifs (article 48, paragraphe 2, de COM(2022) 209). Motif : {reasons}.',

  'third.stated':
    'Pays tiers désignés par les indices : {countries}. Ils sont indiqués à Europol sans être destinataires : l’article 48, paragraphe 3, de COM(2022) 209 ne nomme qu’Europol et les autorités des États membres.',
  'third.recorded':
    'Pays tiers désignés par les indices : {countries}. Ils sont consignés sans être destinataires : l’article 48, paragraphe 3, de COM(2022) 209 ne nomme qu’Europol et les autorités des États membres.',

  'other.counted': 'Également retenus, sans être déterminants : {signals}.',
  'other.notCounted': 'Non retenus : {signals}.',
  'other.noWeight': 'sans poids dans la politique de routage',

  'certainty.both':
    'Certitude quant au pays : {certainty}. La possibilité de remonter à un abonné est une question distincte ; imputabilité : {level}.',
  'certainty.because':
    'Certitude quant au pays : {certainty}. La possibilité de remonter à un abonné est une question distincte ; imputabilité : {level}, car {reasons}.',

  'regulatory.mainEstablishment':
    'La surveillance du service est une autre question, qui a d’autres destinataires (article 33, paragraphe 1, de COM(2022) 209) : l’autorité coordinatrice de l’établissement principal ({authorities}).',
  'regulatory.legalRepresentative':
    'La surveillance du service est une autre question, qui a d’autres destinataires (article 33, paragraphe 2, de COM(2022) 209) : l’autorité coordinatrice du représentant légal ({authorities}).',
  'regulatory.noRepresentative':
    'La surveillance du service est une autre question, qui a d’autres destinataires (article 33, paragraphe 2, de COM(2022) 209) : le fournisseur n’ayant ni établissement ni représentant légal dans l’Union, les autorités coordinatrices de tous les États membres.',
  'regulatory.notApplicable':
    'La question de la surveillance du service ne se pose pas : l’expéditeur n’est pas un fournisseur (article 33 de COM(2022) 209).',
  'notice.notRemoved':
    'Une notification à l’autorité coordinatrice est décidée et n’est pas encore envoyée : du matériel accessible au public n’a pas été retiré (article 48, paragraphe 8, de COM(2022) 209).',

  'data.decided': 'Décision {version}, du {moment}.',
  'data.sets': 'Décision {version}, du {moment}. Pays des adresses d’après {sets}.',
  'data.set': '{name} (version du {day})',
};

/** The sentences that explain a decision. */
export const sentences: Catalogue<Sentence> = { en, fr };
