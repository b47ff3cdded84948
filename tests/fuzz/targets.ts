import type { RunningLocal } from '@liaison/local';

/** One interface to be asked. */
export interface Target {
  readonly name: string;
  /** Its address, without `/v1`. */
  readonly address: string;
}

/** The HTTP interfaces of a running Liaison: four documents, each as it is served. */
export function targetsOf({ ports }: RunningLocal): readonly Target[] {
  const at = (port: number, path = ''): string => `http://127.0.0.1:${port}${path}`;
  return [
    { name: 'submission', address: at(ports.submissionApi) },
    { name: 'log', address: at(ports.log) },
    { name: 'entries', address: at(ports.entries) },
    { name: 'contact-point', address: at(ports.contactPoints, '/cp-be') },
  ];
}
