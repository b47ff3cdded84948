import type { TextForms } from './text-forms.ts';

/** Schemes that lead somewhere, spaced or defanged as analysts do: h t t p : / /, hxxp://, http[:]//. */
const scheme =
  /(?:h[tx]{2}ps?|s?ftps?|wss?|ipfs|ipns|gemini|tg|ed2k|rtmps?|rtsp|file|blob)\[?:\]?(?:\/|\\){2}|magnet:\?|xt=urn:bt/;
const anyScheme = /(?<![a-z0-9])[a-z][a-z0-9+.-]{1,20}:\/\/[^\s/]/;
/** Schemes without slashes that a program opens; "SMS: yes" and "Tel: +49 30" are words. */
const opaque =
  /(?<![a-z0-9])(?:mailto:[^\s@]+@|(?:sms|smsto|tel|callto|facetime|skype):\+?[\w.-]{3,40}[?;]|xmpp:[^\s@]+@|sips?:[^\s@]{1,64}@|matrix:(?:r|u|roomid)\/|urn:(?:btih|sha1|ipfs|ed2k)[:.]|(?:bitcoin|ethereum|monero|lightning):[a-z0-9]{20})/;
const script = /(?<![a-z])(?:javascript|vbscript):\S|blob:https?/;
const worldWideWeb = /(?<![a-z0-9])www\d?\s?\.\s?[a-z0-9-]/;
/** A dot that was taken apart so that nobody follows the address: example[.]com, example(dot)com. */
const defanged =
  /[\p{L}\p{N}][[({]\s?(?:\.|dot|punkt|point|punto)\s?[\])}]\s?\p{L}|[\p{L}\p{N}]\s[[({]\s?(?:\.|dot|punkt|point|punto)\s?[\])}]\s?(?:com|net|org|info|onion|io|me|to|cc|tv|ru)(?!\p{L})/u;
const spelled = /\p{L}\sdot\s[a-z]{2,10}\s(?:slash|forward slash)\s/u;
const onion = /[\p{L}\p{N}]\.(?:onion|i2p|loki)(?!\p{L})/u;
/** A name with a dot, a top level of letters, perhaps a port, and a path of some length. */
const withPath =
  /(?<![\p{L}\p{N}@._-])(?:[\p{L}\p{N}][\p{L}\p{N}-]{0,62}\.){1,8}(?!n[or]\/\d)(?:[a-z]{2}|com|net|org|info|biz|name|app|dev|xyz|site|online|top|club|live|link|chat|cloud|click|space|store|shop|tech|fun|icu|vip|pro|work|media|pics|photos?|video|porn|sex|xxx|adult|cam|social|gg|zip|mov|arpa|edu|gov|int|mil|\p{Script=Cyrillic}{2,8}|\p{Script=Greek}{2,4})(?::\d{1,5})?\/[\p{L}\p{N}~_%@?#=+-][^\s]{2,}/u;
const hostWithPath = /(?<![\d.])\d{1,3}(?:\.\d{1,3}){3}(?::\d{1,5})?\/(?!\d{1,2}(?!\d))\S/;

const spacedForms: readonly RegExp[] = [
  anyScheme,
  opaque,
  script,
  worldWideWeb,
  defanged,
  spelled,
  onion,
  withPath,
  hostWithPath,
];

/**
 * Finds an address that leads to something: words are no place for a path to content. Names of services ("example.com"),
 * addresses of mail, of hosts and of networks (192.0.2.0/24) are none.
 */
export function findAddress({ squeezed, lowered }: TextForms): string | null {
  const holds = scheme.test(squeezed) || spacedForms.some((form) => lowered.some((text) => form.test(text)));
  return holds ? 'holds an address' : null;
}

/** Schemes with which no identifier begins. */
const identifierScheme =
  /^(?:javascript|vbscript|data|blob|file|magnet|ipfs):|^mailto:[^?]{0,200}\?|:\/\/|^\s{0,8}www\d?\.[\p{L}\p{N}-]{1,63}\.\p{L}{2}/u;
const identifierPath = /^[^@\s]{0,250}$/;

/**
 * Finds an address in an identifier or reference. Identifiers of other networks have colons, at signs and slashes of
 * their own (`@user:example.org`, `user@example.org/home`, `did:plc:...`), so only what leads to a page is one.
 */
export function findAddressInIdentifier({ squeezed, lowered }: TextForms): string | null {
  const isPage = lowered.some(
    (text) => identifierScheme.test(text) || (identifierPath.test(text) && withPath.test(text)),
  );
  return isPage || scheme.test(squeezed) ? 'is an address' : null;
}
