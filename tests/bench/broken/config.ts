import { brokenModes, type BrokenMode } from './modes.ts';

/** The file of the contact point that this process plays, and how it is broken. */
export function readBrokenConfig(): { readonly file: string; readonly mode: BrokenMode } {
  const mode = brokenModes.find((one) => one === process.env['BROKEN_MODE']);
  if (mode === undefined) throw new TypeError('BROKEN_MODE names no way to be broken.');
  return { file: process.env['CONTACT_POINTS_FILE'] ?? '', mode };
}
