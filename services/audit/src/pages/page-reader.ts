import type { Database } from '@liaison/postgres';
import {
  createFormats,
  createWords,
  describeCode,
  html,
  localeOf,
  type CodeGroup,
  type Formats,
  type Locale,
  type Markup,
  type Page,
} from '@liaison/pages';
import type { Clock, Log } from '@liaison/service';
import type { Request, Response } from 'express';
import type { FoundParticipant } from '../store/participants.ts';
import { frameWords } from './words-frame.ts';

/** What the pages need. */
export interface PageDeps {
  readonly database: Database;
  readonly clock: Clock;
  readonly log: Log;
}

/** Who reads a page, in which language, and when. */
export interface Reader {
  readonly locale: Locale;
  readonly nowMs: number;
  /** The page's own address, with its parameters. */
  readonly address: string;
  /** In UTC: those who read this page sit in several time zones. */
  readonly formats: Formats;
  /** Words of a code. */
  readonly code: (group: CodeGroup, code: string) => string;
  /** A moment. */
  readonly moment: (at: string | number) => Markup;
  /** How long ago a moment was; `in …` where it lies ahead. */
  readonly age: (at: string) => string;
}

/** Reads who asks for a page. */
export function readerOf(
  { req, res }: { readonly req: Request; readonly res: Response },
  clock: Clock,
): Reader {
  const locale = localeOf(req, res);
  const say = createWords(frameWords, locale);
  const formats = createFormats(locale);
  const nowMs = clock.nowMs();
  return {
    locale,
    nowMs,
    address: req.url,
    formats,
    code: (group, code) => describeCode(locale, group, code),
    moment: (at) => html`<time datetime=${new Date(at).toISOString()}>${formats.moment(at)}</time>`,
    age: (at) => {
      const ms = nowMs - Date.parse(at);
      return say(ms < 0 ? 'in' : 'ago', { age: formats.duration(Math.abs(ms)) });
    },
  };
}

/** Which of the pages that everything links to is shown; null for another one. */
export type PlaceInSite = 'state' | 'search' | null;

/** What every page has around it. */
export function pageFrame(reader: Reader, title: string, place: PlaceInSite): Omit<Page, 'body'> {
  const say = createWords(frameWords, reader.locale);
  return {
    locale: reader.locale,
    basePath: '',
    address: reader.address,
    place: say('place'),
    title,
    links: [
      { href: '/', text: say('state'), current: place === 'state' },
      { href: '/search', text: say('search'), current: place === 'search' },
      { href: '/docs', text: say('documentation'), current: false },
    ],
  };
}

/** Names participants: the country of a contact point, the name of anybody else, its id where it is unknown. */
export function createNames(
  participants: readonly FoundParticipant[],
  { formats, locale }: Reader,
): (id: string) => string {
  const say = createWords(frameWords, locale);
  const known = new Map(participants.map((participant) => [participant.id, participant]));
  return (id) => {
    const participant = known.get(id);
    if (participant === undefined) return id;
    const { kind, name, country } = participant;
    if (kind === 'hub') return say('hub');
    if (kind === 'europol') return name;
    if (kind === 'lawEnforcement' && country !== null) return formats.country(country);
    return say('named', { name, id });
  };
}
