import type { View } from '../setup/open-browser.ts';

/** One way to look at a page, with its name. */
export interface NamedView extends View {
  readonly name: string;
  /** Checking takes longer than a picture: each width and theme in one language, and so each language. */
  readonly checksAccessibility: boolean;
}

const widths = [1280, 360];
const schemes = ['light', 'dark'] as const;
const languages = ['en', 'fr'] as const;

/** Every way in which the pages are photographed. */
export const views: readonly NamedView[] = widths.flatMap((width) =>
  schemes.flatMap((colorScheme) =>
    languages.map((locale) => ({
      name: `${locale}-${colorScheme}-${width}`,
      width,
      height: 900,
      colorScheme,
      locale: locale === 'en' ? 'en-GB' : 'fr-BE',
      checksAccessibility: (locale === 'en') === (width === 1280),
    })),
  ),
);
