import { describe, expect, it } from 'vitest';
import { findAddress, findAddressInIdentifier } from './address.ts';
import { findBase64Run } from './base64-run.ts';
import { findDataUri } from './data-uri.ts';
import { findHexRun } from './hex-run.ts';
import { findHiddenText } from './hidden-text.ts';
import { findMediaType } from './media-type.ts';
import { parseAddress } from './parse-address.ts';
import { formsOf } from './text-forms.ts';
import { countCodePoints, isTooLong } from './text-length.ts';

describe('an address', () => {
  it.each([
    'ftp://192.0.2.1/x',
    'HTTPS://EXAMPLE.COM',
    'hxxp[:]//example.com',
    'see www.example.com',
    'example[.]com',
    'example (dot) com',
    't.me/joinchat',
    'пример.рф/путь',
    'http%3A%2F%2Fexample.com',
    'ｈｔｔｐｓ：／／example.com',
    '192.0.2.1/index',
    'tg://resolve',
    'exampleexampleexample.onion',
  ])('is found in "%s"', (text) => {
    expect(findAddress(formsOf(text))).not.toBeNull();
  });

  it.each([
    'example.com',
    'user@example.com',
    'and/or, e.g./i.e., w/o',
    'ref.nr/2024-118, Dnr.nr/12',
    '192.0.2.0/24',
    '192.0.2.1:443',
    'z.B./d.h. und u.a./usw.',
    'Name (Punkt) und Komma',
    'JavaScript: disabled',
    'onion soup',
    '3/4 of 12.5/100',
    'Dz.U. 2025 poz. 383',
  ])('is not found in "%s"', (text) => {
    expect(findAddress(formsOf(text))).toBeNull();
  });

  it.each([
    '@user:example.org',
    'user@example.org/phone',
    'did:plc:abc',
    '2001:db8::1',
    'example.com',
    'u/name',
  ])('is not what the identifier "%s" is', (text) => {
    expect(findAddressInIdentifier(formsOf(text))).toBeNull();
  });
});

describe('a data URI', () => {
  it.each([
    'data:,%41',
    'DATA:image/png;base64,AA',
    'data:text/plain;charset=utf-8,x',
    'x;base64,AA',
    'd a t a:image/gif,x',
  ])('is found in "%s"', (text) => {
    expect(findDataUri(formsOf(text))).not.toBeNull();
  });

  it.each(['Available data: image/video, chat logs', 'Subscriber data: name/phone, e-mail', 'Daten: keine'])(
    'is not found in "%s"',
    (text) => {
      expect(findDataUri(formsOf(text))).toBeNull();
    },
  );
});

describe('a media type', () => {
  it.each(['image/video material', 'audio/visual', 'text/image', 'application/renewal', 'video/chat'])(
    'is not found in "%s"',
    (text) => {
      expect(findMediaType(formsOf(text))).toBeNull();
    },
  );
});

describe('a run', () => {
  it.each([
    'Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft',
    'Rindfleischetikettierungsueberwachungsaufgabenuebertragungsgesetz',
    'WhatsApp, YouTube, TikTok, LinkedIn, OnlyFans, ChatGPT, DeviantArt, SoundCloud, GitHub',
    '+49 30 23125001, +49 30 23125002, +33 6 39 98 00 01, +358 457 001 234',
    'from 10 to 20 de 12 de 2024 a 15 de 11 de 2024 e 20 de 12 de 2024',
    'j***@e******.com and +49 *** *** 123',
    'ISBN 978-92-76-12345-6, DOI 10.2760/123456, CELEX 52022PC0209',
    '!!!!! ????? ... --- ***',
  ])('is not found in "%s"', (text) => {
    expect([findBase64Run(formsOf(text)), findHexRun(formsOf(text))]).toEqual([null, null]);
  });

  it('may be two UUIDs, not three', () => {
    const uuids = [
      '01936f2e-7c1a-7d3e-9b1a-5f0c2e8d4a71',
      '01936f2e-8d2b-7a4f-8c2b-6e1d3f9e5b82',
      '01936f2e-9e3c-7b5a-ad3c-7f2e4a0f6c93',
    ];
    expect(findBase64Run(formsOf(uuids.slice(0, 2).join(' ')))).toBeNull();
    expect(findBase64Run(formsOf(uuids.join(' ')))).not.toBeNull();
  });
});

describe('hidden text', () => {
  it.each([
    'می‌خواهم',
    'क्‍ष',
    '👨‍👩‍👧‍👦',
    '🏴󠁧󠁢󠁥󠁮󠁧󠁿',
    'Zu\u00ADsam\u00ADmen\u00ADset\u00ADzung',
    '葛\u{E0100}城',
    'à\u00A0: 1\u202F000',
  ])('is not what "%s" has', (text) => {
    expect(findHiddenText(formsOf(text))).toBeNull();
  });

  it.each([
    'a\u200cb',
    'a\u200db',
    'word\u200e',
    'می‌‌خواهم',
    '😀\uFE0F\uFE0F',
    '\uFEFFtext',
    'a\u{E0041}',
    '\uFFF9x',
    'x\u2028y',
  ])('is found in %j', (text) => {
    expect(findHiddenText(formsOf(text))).not.toBeNull();
  });
});

describe('length', () => {
  it('is counted in code points', () => {
    expect(countCodePoints('a😀é')).toBe(3);
    expect(isTooLong('ααα', 3)).toBe(false);
    expect(isTooLong('αααα', 3)).toBe(true);
  });

  it('is counted in bytes as well: three for each code point', () => {
    expect(isTooLong('漢字', 2)).toBe(false);
    expect(isTooLong('😀😀', 2)).toBe(true);
  });
});

describe('parseAddress', () => {
  it.each([
    ['192.0.2.1', '192 0 2 1'],
    ['::', Array.from({ length: 16 }, () => '0').join(' ')],
    ['2001:db8::ff', '32 1 13 184 0 0 0 0 0 0 0 0 0 0 0 255'],
    ['::ffff:192.0.2.1', '0 0 0 0 0 0 0 0 0 0 255 255 192 0 2 1'],
    ['no address', ''],
  ])('reads %s', (text, bytes) => {
    expect(parseAddress(text).join(' ')).toBe(bytes);
  });
});
