type CleanUp = () => Promise<unknown>;

/** What has to be stopped and removed, in the order in which it came to be. */
const standing: CleanUp[] = [];
let interrupted = false;

/**
 * Does work with something that has to be let go of, also where somebody interrupts the bench: a database server outlives
 * whoever is killed before it.
 */
export async function withCleanUp<Result>(cleanUp: CleanUp, work: () => Promise<Result>): Promise<Result> {
  standing.push(cleanUp);
  try {
    return await work();
  } finally {
    // What fails because it was stopped under its feet is no result, and must not end the process before the rest is.
    if (interrupted) await new Promise<never>(() => undefined);
    const place = standing.lastIndexOf(cleanUp);
    if (place >= 0) {
      standing.splice(place, 1);
      await cleanUp();
    }
  }
}

/** Ends the process at SIGINT and SIGTERM after everything that stands was let go of, the newest first. */
export function cleanUpAtSignals(): void {
  const end = async (exitCode: number): Promise<void> => {
    interrupted = true;
    for (let cleanUp = standing.pop(); cleanUp !== undefined; cleanUp = standing.pop()) {
      await cleanUp().catch(() => undefined);
    }
    process.exit(exitCode);
  };
  process.once('SIGINT', () => void end(130));
  process.once('SIGTERM', () => void end(143));
}
