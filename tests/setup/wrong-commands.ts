import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Referral } from '@liaison/contracts';
import { addressesOf, namesOf, urlOf, type RunningLocal } from '@liaison/local';
import { bareEnvironment } from './bare-environment.ts';
import { memberFile } from './local-client.ts';
import { newLocalId } from './local-messages.ts';
import { runScript } from './run-script.ts';
import { strayNames, strayValues } from './wrong-requests.ts';

/** What a command that was called wrongly has printed. */
export interface Printed {
  readonly command: string;
  readonly code: number;
  readonly text: string;
}

type Call = () => Promise<Printed>;

function script(name: string, ...args: string[]): Call {
  return async () => {
    const { code, out, err } = await runScript(name, args);
    const command = [name, ...args.filter((one) => /^[a-z][a-z-]+$/.test(one))].join(' ');
    return { command, code, text: out + err };
  };
}

/** Starts a service that cannot start. */
function service(name: string, env: Readonly<Record<string, string>>): Call {
  return () =>
    new Promise((resolve) => {
      const main = fileURLToPath(new URL(`../../services/${name}/src/main.ts`, import.meta.url));
      execFile(process.execPath, [main], { env: { ...bareEnvironment, ...env } }, (error, out, err) => {
        resolve({ command: name, code: typeof error?.code === 'number' ? error.code : 0, text: out + err });
      });
    });
}

/** Commands of the hub's staff, with files that they mistook. */
function hubCommands(local: RunningLocal, write: (name: string, text: string) => string): Call[] {
  const settings = join(local.folder.keys, 'hub-settings.json');
  const { memberValue, text, awkward } = strayValues;
  const privateKeys = memberFile(local, 'example-chat', 'private.jwks.json');
  const secrets = readFileSync(join(local.folder.keys, 'submission-api.json'), 'utf8');
  const registering = ['register', 'newcomer', '--kind', 'hotline', '--name', awkward, '--jwks', privateKeys];
  const stray = { [strayNames.member]: memberValue, policyVersion: text };
  return [
    script('hub', '--settings', settings, ...registering, '--contact', text, '--duty-phone', memberValue),
    script(
      'hub',
      '--settings',
      settings,
      'add-keys',
      'example-chat',
      '--jwks',
      write('cut.json', secrets.slice(0, -3)),
    ),
    script('hub', '--settings', write('cut-settings.json', secrets.slice(0, -3)), 'erase', newLocalId()),
    script('hub', '--settings', settings, 'activate-policy', write('policy.json', JSON.stringify(stray))),
  ];
}

/** Calls commands wrongly and starts services that cannot start, with values and secrets at hand. */
export async function callWrongly(local: RunningLocal, referral: Referral): Promise<readonly Printed[]> {
  const folder = mkdtempSync(join(tmpdir(), 'liaison-wrong-'));
  const write = (name: string, text: string): string => {
    const file = join(folder, name);
    writeFileSync(file, text, { mode: 0o600 });
    return file;
  };
  const { memberValue, text } = strayValues;
  const member = memberFile(local, 'example-chat', 'membership.json');
  const privateKeys = memberFile(local, 'example-chat', 'private.jwks.json');
  const wrong = write(
    'wrong.json',
    JSON.stringify({ ...referral, [strayNames.member]: memberValue, abuseTypes: [text] }),
  );
  const contactPoint = `${addressesOf(local.ports).contactPoints}/cp-be`;
  const { hubDatabase, login } = namesOf(local.installation);
  const wrongLogin = { role: login('submission-api'), password: strayValues.code };
  const environment = {
    INSTANCE: 'local',
    PUBLIC_ORIGIN: 'http://hub.test',
    DATABASE_URL: urlOf(local.server, hubDatabase, wrongLogin),
    LOG_LEVEL: 'debug',
  };
  const calls = [
    ...hubCommands(local, write),
    script('contact-point', '--url', contactPoint, 'acknowledge', newLocalId(), '--case-number', memberValue),
    script('liaison', 'submit', wrong, '--member', member, '--key', privateKeys),
    script('liaison', 'submit', wrong, '--member', privateKeys, '--key', member),
    service('submission-api', { ...environment, SECRETS_FILE: privateKeys }),
    service('submission-api', {
      ...environment,
      SECRETS_FILE: join(local.folder.keys, 'submission-api.json'),
    }),
  ];
  const printed: Printed[] = [];
  // Two at a time, so that what goes on beside gets on.
  const lane = async (): Promise<void> => {
    for (let call = calls.shift(); call !== undefined; call = calls.shift()) printed.push(await call());
  };
  await Promise.all([lane(), lane()]);
  rmSync(folder, { recursive: true });
  return printed;
}
