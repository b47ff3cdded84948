import { expect, test } from 'vitest';
import { summariseProfile } from './summarise-profile.ts';

function nodeOf(id: number, url: string, children: number[] = [], functionName = 'work') {
  const callFrame = { functionName, url, scriptId: '1', lineNumber: 0, columnNumber: 0 };
  return { id, callFrame, children };
}

const root = 'file:///srv/liaison';
const profile = {
  startTime: 0,
  endTime: 60_000,
  nodes: [
    nodeOf(1, '', [2, 6, 7], '(root)'),
    nodeOf(2, `${root}/services/router/src/decide.ts`, [3]),
    nodeOf(3, `${root}/packages/seal/src/sign-message.ts`, [4]),
    nodeOf(4, `${root}/node_modules/.pnpm/node-jose@2.2.0/node_modules/node-jose/lib/sign.js`, [5]),
    // Native code that node-jose calls.
    nodeOf(5, '', [], 'sign'),
    nodeOf(6, 'node:internal/crypto/cipher'),
    nodeOf(7, '', [], '(idle)'),
  ],
  samples: [2, 3, 4, 5, 6, 7],
  timeDeltas: [1_000, 2_000, 3_000, 4_000, 5_000, 45_000],
};

test('JOSE is the seal, node-jose and what these call; other cryptography and idle time are not', () => {
  expect(summariseProfile(profile)).toMatchObject({ activeMs: 15, joseMs: 9 });
});

test('own time goes to packages, that of native code to who called it', () => {
  expect(summariseProfile(profile).packages).toEqual([
    { name: 'node-jose', ms: 7 },
    { name: 'node:crypto', ms: 5 },
    { name: 'packages/seal', ms: 2 },
    { name: 'services/router', ms: 1 },
    { name: '(program)', ms: 0 },
    { name: '(idle)', ms: 0 },
  ]);
});
