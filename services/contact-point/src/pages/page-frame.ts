import { createWords, type Page } from '@liaison/pages';
import { listWords } from './list-words.ts';
import type { Reader } from './reader.ts';

/**
 * What every page of the inbox has around it.
 * @param title of the page; `inbox` is the list itself.
 */
export function pageFrame(reader: Reader, title: string): Omit<Page, 'body'> {
  const { locale, basePath, address, place } = reader;
  const say = createWords(listWords, locale);
  const isList = title === 'inbox';
  return {
    locale,
    basePath,
    address,
    place,
    title: isList ? say('title') : title,
    links: [{ href: `${basePath}/inbox`, text: say('inbox'), current: isList }],
  };
}
