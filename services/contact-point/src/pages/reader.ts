import type { DirectoryIndex } from '@liaison/directory';
import {
  createFormats,
  describeCode,
  html,
  localeOf,
  type CodeGroup,
  type Formats,
  type Locale,
  type Markup,
} from '@liaison/pages';
import type { Request, Response } from 'express';
import type { AnswerDeps } from '../answers/queue-answer.ts';
import { timeZoneOf } from './time-zones.ts';

/** What the pages need. */
export interface PageDeps extends AnswerDeps {
  /** Where the contact point's pages and interface lie: '' or `/cp-be`. */
  readonly basePath: string;
}

/** Who reads a page, in which language, and when. */
export interface Reader {
  readonly locale: Locale;
  readonly nowMs: number;
  readonly basePath: string;
  /** The page's own address, with its parameters. */
  readonly address: string;
  readonly selfId: string;
  readonly directory: DirectoryIndex | null;
  /** Name of the authority whose inbox it is. */
  readonly place: string;
  /** IANA name. */
  readonly timeZone: string;
  /** In the authority's time zone. */
  readonly formats: Formats;
  /** Name of a participant; its id where the directory has none. */
  readonly nameOf: (participantId: string) => string;
  /** What stands between a name and what it names: French has a space before the colon. */
  readonly colon: string;
  /** Words of a code. */
  readonly code: (group: CodeGroup, code: string) => string;
  /** Words of codes, one after the other. */
  readonly codes: (group: CodeGroup, codes: readonly string[]) => string;
  /** A moment in the authority's time zone, and in UTC. */
  readonly moment: (at: string | number) => Markup;
  /** Hour, minute and second in the authority's time zone, which is named. */
  readonly clock: (at: string) => string;
  /** How long ago, or until when, a moment is from now. */
  readonly age: (at: string) => string;
}

function createClock(locale: Locale, timeZone: string): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat(locale === 'en' ? 'en-GB' : locale, {
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    timeZone,
    timeZoneName: 'short',
  });
}

/** Reads who asks for a page. */
export function readerOf(
  { req, res }: { readonly req: Request; readonly res: Response },
  deps: PageDeps,
): Reader {
  const locale = localeOf(req, res);
  const directory = deps.currentDirectory();
  const self = directory?.participant(deps.selfId);
  const timeZone = self === undefined ? 'UTC' : timeZoneOf(self);
  const formats = createFormats(locale, timeZone);
  const utc = createFormats(locale);
  const clock = (zone: string): Intl.DateTimeFormat => createClock(locale, zone);
  // The day is told again only where it is another one.
  const inUtc = (at: string | number): string =>
    utc.day(at) === formats.day(at) ? clock('UTC').format(new Date(at)) : utc.moment(at);
  const nowMs = deps.clock.nowMs();
  const nameOf = (id: string): string => directory?.participant(id)?.name ?? id;
  const code = (group: CodeGroup, one: string): string => describeCode(locale, group, one);
  return {
    locale,
    nowMs,
    basePath: deps.basePath,
    address: `${deps.basePath}${req.url}`,
    selfId: deps.selfId,
    directory,
    place: nameOf(deps.selfId),
    timeZone,
    formats,
    nameOf,
    colon: locale === 'fr' ? '\u00A0: ' : ': ',
    code,
    codes: (group, codes) => formats.list(codes.map((one) => code(group, one))),
    moment: (at) =>
      html`<time datetime=${new Date(at).toISOString()}
        >${formats.moment(at)}${timeZone === 'UTC' ? '' : ` (${inUtc(at)})`}</time
      >`,
    clock: (at) => clock(timeZone).format(new Date(at)),
    age: (at) => formats.duration(Math.abs(nowMs - Date.parse(at))),
  };
}
