import type { FaultCode, ProblemCode, RefusalCode } from '@liaison/contracts';
import type { RetryCode } from '../submit/submitted.ts';

const askHub = 'Ask the hub, and give it the time and the request id.';
const againLater = 'Run the same command again later; that is safe.';
const mendProgram = 'Bring this program up to date, or tell whoever maintains it: it does not send this.';

/** What somebody who refers does about a problem; the type knows when one is missing. */
const problemAdvice: Readonly<Record<ProblemCode, string>> = {
  'body-not-json': mendProgram,
  'body-empty': mendProgram,
  'body-unreadable': 'The connection broke off: run the same command again.',
  'body-too-large': 'Split the referral: the rest can follow as a "supplement" that names it in "relation".',
  'content-type-not-supported': mendProgram,
  'content-encoding-not-supported': 'Let no proxy compress requests on the way to the hub.',
  'parameter-invalid': 'Check what you gave: an id, a reference or a cursor is not of the right form.',
  'jws-malformed': 'Submit the referral itself, and let this program sign it.',
  'payload-too-large':
    'Split the referral: the rest can follow as a "supplement" that names it in "relation".',
  'key-unknown': 'Give --key the set that the hub registered, or give the hub your public.jwks.json.',
  'key-not-valid':
    'Make a new key with keygen, have the hub add it, and use that: this one is not valid by its dates.',
  'key-revoked': 'Make a new key with keygen, and have the hub add it: this one was withdrawn.',
  'signature-invalid':
    'Take the key file as keygen made it: what it signs with is not the key that it names.',
  'audience-wrong': 'Take the membership document of the hub that you mean: a sandbox is never production.',
  'iat-stale': "Set this machine's clock right, and run the same command again.",
  'iat-in-future': "Set this machine's clock right, and run the same command again.",
  'authorization-missing': 'Let no proxy remove the Authorization header on the way to the hub.',
  'authorization-invalid':
    "Check --member and --key, and this machine's clock: a token is valid for one minute and one address.",
  'authorization-replayed': 'Run the same command again: every read has a token of its own.',
  'sender-not-allowed': 'Ask the hub which kinds of referrals your registration allows.',
  'schema-invalid': 'Mend each place named below; "liaison validate" checks it without sending.',
  'guard-refused': 'Take out what is named below: content stays with you, and is named by evidenceReference.',
  'relation-unknown': 'Put the hub\'s id of one of your own referrals into "relation"; your receipt has it.',
  'origin-foreign': "Use the form on the hub's own pages, or this program.",
  'reference-reused':
    'Give it a reference of its own, or send it as a "correction" of the one that is there.',
  'reference-erased':
    'Give it a reference of its own: the one that had this was erased and cannot come back.',
  'referral-unknown': 'Check the id or reference, and that --member is the member who submitted it.',
  'dispatch-unknown': 'Check the id: a dispatch is known to the authority that it was sent to alone.',
  'answer-conflict': 'Read the dispatch again, and answer what it says now.',
  'leaf-unknown': 'Wait a few seconds for the next checkpoint, and ask again.',
  'checkpoint-unknown': 'Ask for the latest checkpoint, and use its size.',
  'path-unknown': "Check the address in the membership document: it may be another service's.",
  'method-not-allowed': mendProgram,
  'rate-exceeded': 'Run the same command again after the time named; urgent referrals are never held back.',
  'directory-expired': againLater,
  'not-ready': againLater,
  'shutting-down': againLater,
  'internal-error': `${againLater} If it stays: ${askHub.toLowerCase()}`,
};

/** What somebody does about a fault in a referral. */
const faultAdvice: Readonly<Record<FaultCode, string>> = {
  'member-missing': 'Add it; "liaison example" shows one.',
  'member-unknown': 'Remove it, or check the spelling: there is no room for what the schema does not name.',
  'member-not-allowed': 'Remove it, or change what it depends on, as the kind of referral.',
  'type-wrong': 'Write it as the type that the schema asks for: a number or true and false have no quotes.',
  'value-not-listed': 'Take one of the values listed in the schema, in exactly that spelling.',
  'format-wrong': 'Write it in that form: a time, for one, as 2026-11-20T09:30:00+01:00.',
  'length-out-of-range': 'Shorten it, or leave it out where it is empty.',
  'number-out-of-range': 'Check the number: a port, for one, is from 1 to 65535.',
  'count-out-of-range':
    'Leave an empty list out; of a long one keep the most telling entries, and send a supplement.',
  'entries-not-unique': 'Keep one of them.',
  'text-not-nfc': 'Normalise the text to NFC before it is written into the referral.',
  'time-in-future': "Check the time and its offset from UTC, and this machine's clock.",
  'time-order-wrong': 'Exchange the two times, or correct one.',
  'id-not-unique': 'Number the entries anew, each once.',
  'id-dangling': 'Name an id that the referral has, or add the entry that is meant.',
  'nothing-referred': 'Add a person, an item, a network event or, as a hotline, an address.',
  'position-too-precise': 'Round it to two decimals.',
  'child-name-not-allowed': 'Remove the name; an account name may stay.',
  'reporter-not-signer': 'Put the participantId of your membership document into reporter.participantId.',
  'kind-not-for-sender':
    'Use the referralKind that belongs to your registration; "liaison example" shows one.',
  'guard-media-type': 'Remove it: what kind of material it is goes into mediaType.',
  'guard-data-uri': 'Remove it: no file may be in a referral, in whatever form.',
  'guard-base64-run': 'Remove it: no encoded data may be in a text.',
  'guard-hex-run': 'Remove it: a digest goes into digests, nothing else of the kind into a text.',
  'guard-magic-number': 'Remove it: no file may be in a referral, in whatever form.',
  'guard-url': 'Remove it: a profile goes into identifiers; what a hotline refers goes into urls.',
  'guard-text-too-long': 'Shorten it to what an officer has to know; no words of others.',
  'guard-member-unknown': 'Remove it.',
  'guard-hidden-text': 'Type the text anew: it was perhaps copied from a page or a document.',
};

/** What somebody does whose message a receiver refused. */
const refusalAdvice: Readonly<Record<RefusalCode, string>> = {
  undecryptable: "Encrypt it again, to the receiver's current key in the directory.",
  'parcel-malformed': 'Build the parcel as the contracts say, for this receiver.',
  'jws-malformed': 'Sign the message in the exact form of the profile.',
  'signature-invalid': 'Sign with the private key of the id that the header names.',
  'key-unknown': 'Have the key added to the directory, and send again.',
  'key-not-valid': 'Sign with a key that is valid and not withdrawn.',
  'audience-wrong': 'Address the message to its receiver, in the same installation.',
  'version-unknown': 'Send it in a version that the receiver knows, or wait until it knows this one.',
  'kind-unknown': 'Wait until the receiver knows this kind of message.',
  'schema-invalid': 'Mend the payload by the schema of the contracts.',
  'id-reused': 'Give every message an id of its own.',
  'in-reply-to-unknown': 'Name the message that is answered, as it came from this partner.',
};

const retryAdvice: Readonly<Record<RetryCode, string>> = {
  unreachable: 'Check the network, a proxy and the address in the membership document.',
  'not-now': againLater,
  'directory-not-current': "Set this machine's clock right; if it is right, the hub has to be mended.",
};

/** Codes of the client itself, and finer ones of a signature. */
const otherAdvice: Readonly<Record<string, string>> = {
  'answer-not-understood': 'Check the address in the membership document, and proxies on the way.',
  'directory-untrusted': 'Take the newest membership document from the hub, by a way that you trust.',
  'hub-unreachable': retryAdvice.unreachable,
  'instance-wrong': 'Take the membership document of the hub that you mean: a sandbox is never production.',
  'payload-digest-differs': 'Give --referral the very file that was submitted.',
};

const advice = new Map<string, string>([
  ...Object.entries(refusalAdvice),
  ...Object.entries(retryAdvice),
  ...Object.entries(otherAdvice),
  ...Object.entries(problemAdvice),
  ...Object.entries(faultAdvice),
]);

/** One sentence of what to do about a code, in English; empty for one of a later version, and for what is only said. */
export function whatToDo(code: string): string {
  return advice.get(code) ?? '';
}
