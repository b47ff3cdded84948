/** An external PostgreSQL to test against, as a superuser's URL (CI tries 15 this way); default: the embedded one. */
export function readExternalDatabaseUrl(environment: NodeJS.ProcessEnv = process.env): string | undefined {
  return environment['LIAISON_TEST_DATABASE_URL'];
}

/** A Chromium of yours for the tests of pages; default: the system's, else the one that npm brings. */
export function readOwnChromium(environment: NodeJS.ProcessEnv = process.env): string | undefined {
  return environment['LIAISON_CHROMIUM'];
}
