/** The file of contact points with which this process was started. */
export function contactPointsFile(): string {
  return process.env['CONTACT_POINTS_FILE'] ?? '';
}

/** Makes another file that of this process. */
export function useContactPointsFile(file: string): void {
  process.env['CONTACT_POINTS_FILE'] = file;
}
