import type { AuditApi } from '@liaison/contracts';
import type { RunningLocal } from '@liaison/local';

type Volumes = AuditApi['schemas']['Volumes'];
type TimelineList = AuditApi['schemas']['TimelineList'];

async function read<Body>(address: string): Promise<Body> {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`${response.status} from the entries`);
  return (await response.json()) as Body;
}

/** Values of parameters that lead somewhere, by name: the public log itself tells no leaf's hash. */
export async function readKnownValues(
  { ports }: RunningLocal,
  references: readonly string[],
): Promise<Readonly<Record<string, readonly (string | number)[]>>> {
  const entries = `http://127.0.0.1:${ports.entries}/v1`;
  const { ledger } = await read<Volumes>(`${entries}/volumes`);
  const lists = await Promise.all(
    references
      .slice(0, 20)
      .map((reference) => read<TimelineList>(`${entries}/timelines?search=${reference}`)),
  );
  const events = lists.flatMap(({ timelines }) => timelines.flatMap((timeline) => timeline.events));
  const sizes = [1, 2, 3, Math.floor(ledger.size / 2), ledger.size];
  return {
    leafHash: events.map(({ leafHash }) => leafHash),
    providerReference: references,
    size: sizes,
    from: sizes,
    to: sizes,
  };
}
