/// <reference lib="dom" />
/// <reference lib="dom.iterable" />
// Runs in the reader's browser: checks an inclusion proof there, so that nobody has to believe the server.
import {
  decodeBase64Url,
  decodeLeaf,
  encodeBase64,
  encodeBase64Url,
  hashLeaf,
  openCheckpoint,
  parseVerifierKey,
  verifyProof,
  type Digest,
  type VerifySignature,
} from '@liaison/ledger';

const digest: Digest = async (bytes) => new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));

const verify: VerifySignature = async (publicKey, message, signature) => {
  const key = await crypto.subtle.importKey('raw', publicKey, 'Ed25519', false, ['verify']);
  return crypto.subtle.verify('Ed25519', key, signature, message);
};

type Told = Readonly<Record<string, string | number>>;
type Outcome =
  | { readonly word: 'proven'; readonly values: Told }
  | { readonly word: 'notProven' | 'unavailable'; readonly values: { readonly code: string } }
  | { readonly word: 'unsupported'; readonly values: Told };

async function fetchJson(address: string): Promise<unknown> {
  const response = await fetch(address, { headers: { accept: 'application/json' } });
  if (!response.ok) throw new Error(String(response.status));
  return response.json();
}

function readKeys(answer: unknown): { readonly origin: string; readonly keys: readonly string[] } | null {
  if (typeof answer !== 'object' || answer === null) return null;
  const { origin, keys } = answer as { readonly origin?: unknown; readonly keys?: unknown };
  if (typeof origin !== 'string' || !Array.isArray(keys)) return null;
  return { origin, keys: keys.filter((key): key is string => typeof key === 'string') };
}

function notProven(code: string): Outcome {
  return { word: 'notProven', values: { code } };
}

async function checkProof({ leaf: text, leafHash, position, eventId }: DOMStringMap): Promise<Outcome> {
  const leaf = decodeBase64Url(text ?? '');
  if (leaf === undefined) return notProven('leaf-malformed');
  const decoded = decodeLeaf(leaf);
  if (!decoded.ok) return notProven(decoded.code);
  // What is proven has to be what the page shows.
  if (decoded.event.eventId !== eventId) return notProven('event-wrong');
  const hash = encodeBase64Url(await hashLeaf(leaf, digest));
  if (hash !== leafHash) return notProven('leaf-hash-wrong');

  const [answer, proof] = await Promise.all([
    fetchJson('/v1/log/keys'),
    fetchJson(`/v1/log/inclusion-proof?leafHash=${hash}`),
  ]);
  const log = readKeys(answer);
  if (log === null) return notProven('keys-malformed');
  const parsed = await Promise.all(log.keys.map(async (key) => parseVerifierKey(key, digest)));
  const trust = {
    origin: log.origin,
    verifierKeys: parsed.flatMap((result) => (result.ok ? [result.key] : [])),
    verify,
  };
  const proven = await verifyProof({ leaf, proof, digest, ...trust });
  if (!proven.ok) return notProven(proven.code);
  if (String(proven.position) !== position) return notProven('position-wrong');
  const opened = await openCheckpoint((proof as { readonly checkpoint: string }).checkpoint, trust);
  const signers = opened.ok ? opened.signedBy.map(({ keyHash }) => keyHash) : [];
  const key = log.keys.find((_one, index) => {
    const result = parsed[index];
    return (
      result?.ok === true &&
      signers.some((signer) => encodeBase64(signer) === encodeBase64(result.key.keyHash))
    );
  });
  const { size, root } = proven.checkpoint;
  return {
    word: 'proven',
    values: { leafHash: hash, position: proven.position, size, root: encodeBase64(root), key: key ?? '' },
  };
}

async function outcomeOf(claim: DOMStringMap): Promise<Outcome> {
  try {
    return await checkProof(claim);
  } catch (error) {
    if (error instanceof DOMException && error.name === 'NotSupportedError')
      return { word: 'unsupported', values: {} };
    return { word: 'unavailable', values: { code: error instanceof Error ? error.message : 'unknown' } };
  }
}

function fill(text: string, values: Told): string {
  return text.replaceAll(/\{(\w+)\}/g, (place, name: string) => String(values[name] ?? place));
}

function readWords(): Readonly<Record<string, string>> {
  const list = document.querySelector<HTMLElement>('[data-proof-words]');
  return JSON.parse(list?.dataset['proofWords'] ?? '{}') as Readonly<Record<string, string>>;
}

async function showOutcome(
  button: HTMLButtonElement,
  words: Readonly<Record<string, string>>,
): Promise<void> {
  const region = document.getElementById(button.getAttribute('aria-describedby') ?? '');
  if (region === null) return;
  button.disabled = true;
  region.textContent = words['checking'] ?? '';
  const { word, values } = await outcomeOf(button.dataset);
  const told = fill(words[word] ?? word, values);
  region.textContent = word === 'proven' ? `${told} ${words['keyNote'] ?? ''}` : told;
  region.className = word === 'proven' ? 'notice' : 'banner';
  region.dataset['outcome'] = word;
  button.disabled = false;
}

const words = readWords();
for (const button of document.querySelectorAll<HTMLButtonElement>('button[data-check-proof]')) {
  // Without scripts it stays hidden, with its frame.
  button.parentElement?.removeAttribute('hidden');
  button.addEventListener('click', () => void showOutcome(button, words));
}
