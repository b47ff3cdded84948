import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findConformancePython } from '../setup/conformance-python.ts';
import { readIsCi } from './config.ts';
import { describePythonContactPoint } from './describe-python-contact-point.ts';
import { describePythonProvider } from './describe-python-provider.ts';
import { joinMembers, type JoinedMembers } from './joined-members.ts';

const python = await findConformancePython();

// Loud on a machine without Python; in CI nothing may be left out.
test.runIf(!python.ok)('SKIPPED: a provider and a contact point in Python, because it is not here', () => {
  const why = python.ok ? '' : python.why;
  process.stderr.write(`\n*** SKIPPED: the conformance tests in Python: ${why} ***\n\n`);
  expect(readIsCi() ? why : 'not asked for').toBe('not asked for');
});

describe.runIf(python.ok)('with nothing but the contracts, in Python,', () => {
  let joined: JoinedMembers | undefined;
  const require = (): JoinedMembers => {
    if (joined === undefined) throw new Error('nobody has joined');
    return joined;
  };

  beforeAll(async () => {
    if (python.ok) joined = await joinMembers(python.interpreter);
  });
  afterAll(() => joined?.close());

  describe('a provider', () => {
    describePythonProvider(require);
  });
  describe('a contact point', () => {
    describePythonContactPoint(require);
  });
});
