/** In what way a contact point is broken. */
export const brokenModes = ['unreachable', 'slow', 'garbage', 'falseReceipts', 'flood'] as const;
export type BrokenMode = (typeof brokenModes)[number];
