import { expect, test } from 'vitest';

import { findBinaries } from './binaries.ts';

test('a platform for which there are no binaries has its own code', async () => {
  await expect(findBinaries({ platform: 'sunos', arch: 'x64' })).rejects.toMatchObject({
    code: 'platform-unsupported',
  });
});

test('binaries of a platform that were not installed have their own code', async () => {
  const platform = process.platform === 'darwin' ? 'linux' : 'darwin';
  await expect(findBinaries({ platform, arch: 'arm64' })).rejects.toMatchObject({ code: 'binaries-missing' });
});

test('the binaries installed say which version they are', async () => {
  expect(await findBinaries(process)).toMatchObject({ major: '18' });
});
