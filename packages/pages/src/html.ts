import { html as htmPreact } from 'htm/preact';
import type { VNode } from 'preact';

/** A piece of a page. */
export type Markup = VNode;

/**
 * Markup as a tagged template: `<p class=${kind}>${text}</p>`. Every value is escaped where it is rendered; there is no way
 * here to put a string in as it stands.
 */
export const html: (strings: TemplateStringsArray, ...values: unknown[]) => Markup = htmPreact;
