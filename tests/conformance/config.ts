/** Whether nothing may be left out: CI sets it. */
export function readIsCi(environment: NodeJS.ProcessEnv = process.env): boolean {
  return environment['LIAISON_CI'] === '1';
}

/** The user's cache folder, where it has a name of its own. */
export function readCacheFolder(environment: NodeJS.ProcessEnv = process.env): string | undefined {
  return environment['XDG_CACHE_HOME'];
}
