/** The hub's id among the participants, in every installation. */
export const hubParticipantId = 'hub';

/**
 * The one audience of a message: who may read it, in which installation.
 * A sandbox's audience is never production's.
 */
export function audienceOf(instance: string, participantId: string): string {
  return `liaison:${instance}:${participantId}`;
}

/** The audience of documents that every participant reads (the directory). */
export function everyone(instance: string): string {
  return `liaison:${instance}:everyone`;
}

/** Origin line of an installation's ledger (C2SP tlog-checkpoint). */
export function originOf(instance: string): string {
  return `liaison.example/${instance}/ledger`;
}

/** Topic on which the hub writes to a participant. */
export function topicTo(instance: string, participantId: string): string {
  return `liaison.${instance}.to.${participantId}`;
}

/** Topic on which a participant writes to the hub. */
export function topicFrom(instance: string, participantId: string): string {
  return `liaison.${instance}.from.${participantId}`;
}

/** As which a participant, or the hub, reads from a Kafka, whose groups are known to all who use it. */
export function kafkaGroupOf(instance: string, participantId: string): string {
  return `liaison.${instance}.${participantId}`;
}

/** As which a participant, or the hub, is known to a Kafka: the common name of its certificate. */
export function kafkaNameOf(instance: string, participantId: string): string {
  return `${instance}.${participantId}`;
}
