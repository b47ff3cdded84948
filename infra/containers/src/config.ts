/** The environment of this process, of which the programs that it runs need what it has. */
export function inheritedEnvironment(): Readonly<Record<string, string | undefined>> {
  return { ...process.env };
}

/** Where the service of this container says whether it is ready. */
export function readReadinessUrl(): string {
  return process.env['READINESS_URL'] ?? '';
}
