import pg from 'pg';

/** An identifier as SQL text; anything may be in it. */
export function quoteIdentifier(name: string): string {
  return pg.escapeIdentifier(name);
}

/** A string constant as SQL text, for the few statements that take no parameters (CREATE ROLE). */
export function quoteLiteral(text: string): string {
  return pg.escapeLiteral(text);
}
