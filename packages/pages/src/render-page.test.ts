import { renderToString } from 'preact-render-to-string';
import { describe, expect, it } from 'vitest';
import { html } from './html.ts';
import { renderPage, type Page } from './render-page.ts';

/** Every text of up to three of the characters that mean something in HTML, and some that do not. */
function* awkwardTexts(): Generator<string> {
  const characters = ['<', '>', '&', '"', "'", '/', '=', '`', ' ', 'a', '-', '!'];
  let texts = [''];
  for (let length = 1; length <= 3; length += 1) {
    texts = texts.flatMap((text) => characters.map((character) => text + character));
    yield* texts;
  }
}

const entities: Readonly<Record<string, string>> = {
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#39;': "'",
  '&amp;': '&',
};

function read(escaped: string): string {
  return escaped.replaceAll(/&(?:lt|gt|quot|amp|#39);/g, (entity) => entities[entity] ?? entity);
}

describe('a text in a page', () => {
  it('never becomes markup, as content or as an attribute, and is read as it was written', () => {
    const texts = [...awkwardTexts()];
    const misread = texts.filter((text) => {
      const rendered = renderToString(html`<p title=${text}>${text}</p>`);
      // A parser leaves an attribute at its quotation mark, and a text at the next tag.
      const [, attribute, content] = /^<p title="([^"]*)">([^<]*)<\/p>$/.exec(rendered) ?? [];
      return attribute === undefined || read(attribute) !== text || read(content ?? '') !== text;
    });
    expect(texts.length).toBeGreaterThan(1800);
    expect(misread).toEqual([]);
  });

  it.each([
    '<script>alert(1)</script>',
    '</p><img src=x onerror=alert(1)>',
    '"><svg onload=alert(1)>',
    '${1}',
    '&lt;b&gt;',
  ])('%s stays a text in every place of a whole page', (text) => {
    const page: Page = {
      locale: 'en',
      basePath: '',
      address: '/',
      place: text,
      title: text,
      links: [{ href: '/', text, current: true }],
      body: html`<h1>${text}</h1>`,
    };
    const rendered = renderPage(page);
    expect(rendered).not.toContain('<script');
    expect(rendered).not.toMatch(/<(?:img|svg|b)\b/);
    const body = rendered.slice(rendered.indexOf('<h1>') + 4, rendered.indexOf('</h1>'));
    expect(read(body)).toBe(text);
  });
});

describe('a page', () => {
  const page: Page = {
    locale: 'fr',
    basePath: '/cp-be',
    address: '/cp-be/inbox?state=new&lang=en',
    place: 'Police',
    title: 'Titre',
    links: [
      { href: '/cp-be/inbox', text: 'Boîte', current: true },
      { href: '/cp-be/other', text: 'Autre', current: false },
    ],
    scripts: ['/cp-be/assets/check.js'],
    body: html`<h1>Titre</h1>`,
  };
  const rendered = renderPage(page);

  it('says its language, and offers each of them for the same address', () => {
    expect(rendered).toContain('<html lang="fr">');
    expect(rendered).toContain('href="/cp-be/inbox?state=new&amp;lang=en"');
    expect(rendered).toContain('href="/cp-be/inbox?state=new&amp;lang=fr"');
  });

  it('marks the link of where its reader is, and no other', () => {
    expect(rendered.match(/aria-current="page"/g)).toHaveLength(1);
  });

  it('asks for its own stylesheet and scripts alone', () => {
    const asked = [...rendered.matchAll(/(?:src|href)="([^"#]+)"/g)].map(([, address]) => address ?? '');
    expect(asked).toContain('/cp-be/assets/liaison.css');
    expect(asked).toContain('/cp-be/assets/check.js');
    expect(asked.filter((address) => !/^(?:\/cp-be\/|data:)/.test(address))).toEqual([]);
  });

  it.each(['en', 'fr'] as const)('says in %s what a referral is not', (locale) => {
    const footer = renderPage({ ...page, locale }).split('<footer')[1] ?? '';
    expect(footer).toContain('COM(2022) 209');
    expect(footer).toContain('2022/2065');
    expect(footer).toMatch(/not evidence|pas un élément de preuve/);
  });
});
