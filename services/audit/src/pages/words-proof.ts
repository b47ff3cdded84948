import type { Catalogue } from '@liaison/pages';

const en = {
  checking: 'Checking…',
  proven:
    'Proven. Checked in this browser: the event’s bytes have the hash {leafHash}; the leaf is at position {position} of the tree of {size} events with the root {root}; the checkpoint of that tree is signed with the key {key}.',
  keyNote:
    'The key came from this server. Compare it with the signed directory, or with what somebody else was shown.',
  notProven: 'NOT PROVEN ({code}). Do not rely on this event; tell whoever runs the log.',
  unavailable: 'Could not be checked ({code}). This says nothing about the event; try again.',
  unsupported: 'This browser cannot verify Ed25519 signatures. The command “liaison verify proof” can.',
} as const;

/** Key of what a check says. */
export type ProofWord = keyof typeof en;

const fr: Readonly<Record<ProofWord, string>> = {
  checking: 'Vérification…',
  proven:
    'Prouvé. Vérifié dans ce navigateur : les octets de l’événement ont l’empreinte {leafHash} ; la feuille est à la position {position} de l’arbre de {size} événements, de racine {root} ; le point de contrôle de cet arbre est signé par la clé {key}.',
  keyNote:
    'La clé vient de ce serveur. Comparez-la avec l’annuaire signé, ou avec ce qui a été montré à quelqu’un d’autre.',
  notProven: 'NON PROUVÉ ({code}). Ne vous fiez pas à cet événement ; prévenez le responsable du registre.',
  unavailable: 'Vérification impossible ({code}). Cela ne dit rien de l’événement ; réessayez.',
  unsupported:
    'Ce navigateur ne sait pas vérifier les signatures Ed25519. La commande « liaison verify proof » le peut.',
};

/** What the check of a proof in the browser says. */
export const proofWords: Catalogue<ProofWord> = { en, fr };
