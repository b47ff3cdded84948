import { join } from 'node:path';
import { addressesOf } from './setup/derive-settings.ts';
import { memberFolder } from './setup/write-key-files.ts';
import type { RunningLocal } from './start-local.ts';

/** As the README has it: nothing but npm is needed. */
const pnpm = 'npx --yes pnpm@12.21.0';

/** The address of one contact point: that of Belgium, where the example of a referral leads, else any. */
function exampleContactPoint({ installation, ports }: RunningLocal): string {
  const { contactPoints } = addressesOf(ports);
  const ids = installation.contactPoints.map(({ participant }) => participant.id);
  return `${contactPoints}/${ids.find((id) => id === 'cp-be') ?? ids[0]}`;
}

/** What answers where, and what to try first: text for whoever started it. */
export function describeAddresses(local: RunningLocal): string {
  const { submissionApi, log, entries, dashboard } = addressesOf(local.ports);
  const contactPoint = exampleContactPoint(local);
  const member = memberFolder(local.folder, 'example-chat');
  const membership = join(member, 'membership.json');
  return [
    'It stays up until Ctrl-C.',
    '',
    'Pages, on this machine only:',
    `  dashboard             ${dashboard}/`,
    `  an officer's inbox    ${contactPoint}/inbox`,
    `  API documentation     ${submissionApi}/docs`,
    '',
    'Interfaces:',
    `  submission API        ${submissionApi}/v1`,
    `  ledger, public        ${log}`,
    `  audit                 ${entries}`,
    `  a contact point       ${contactPoint}/v1/dispatches`,
    `  data and logs         ${local.folder.path}`,
    '',
    'Try first: open the inbox, acknowledge the topmost dispatch under a case number of yours, copy its referral id, and',
    "look for it in the dashboard: you will see why it went where it did, your answer, and each event's proof.",
    '',
    'Then refer something yourself, in another terminal:',
    `  ${pnpm} liaison example --member ${membership} --out my-referral.json`,
    `  ${pnpm} liaison submit my-referral.json --member ${membership} \\`,
    `      --key ${join(member, 'private.jwks.json')}`,
    `  ${pnpm} contact-point --url ${contactPoint} list`,
    `  ${pnpm} hub --settings ${join(local.folder.keys, 'hub-settings.json')} --help`,
  ].join('\n');
}
