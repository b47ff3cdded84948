import type { TextForms } from './text-forms.ts';

const named: Readonly<Record<string, string>> = { lt: '<', gt: '>', quot: '"', amp: '&' };
const element =
  /<\s?(?:svg|html|body|script|style|iframe|img|image|video|audio|source|object|embed|canvas|form|input|a|link|meta|base)(?:\s[^<]*|\s?\/?)>|<!doctype|<\?xml/;
const object = /[{[,]\s?\{?\s?"[^"]{1,60}"\s?:\s?["[{\d]/;

function withoutEntities(text: string): string {
  return text.replaceAll(/&(lt|gt|quot|amp);/g, (whole, name: string) => named[name] ?? whole);
}

/** Finds elements of HTML or SVG: a browser makes a picture or a page of them. */
export function findMarkup({ lowered }: TextForms): string | null {
  return lowered.some((text) => element.test(withoutEntities(text))) ? 'holds markup' : null;
}

/** Finds JSON inside words: members of somebody's own. */
export function findObject({ lowered }: TextForms): string | null {
  return lowered.some((text) => object.test(withoutEntities(text))) ? 'holds members of its own' : null;
}
