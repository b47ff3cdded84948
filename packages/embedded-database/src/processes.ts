import { identify, isSame, type ProcessIdentity } from './process-identity.ts';
import { runCommand } from './unprivileged-user.ts';

/** The process that now has this id, with when it started; undefined when there is none. */
export async function identifyProcess(pid: number): Promise<ProcessIdentity | undefined> {
  return identify(pid, runCommand);
}

/** Whether the process of then is still the one that has its id: ids are given to others in time. */
export async function isSameProcess(identity: ProcessIdentity): Promise<boolean> {
  return isSame(identity, runCommand);
}
