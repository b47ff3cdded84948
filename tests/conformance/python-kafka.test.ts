import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findConformancePython } from '../setup/conformance-python.ts';
import { canRunKafka } from '../setup/kafka-or-skip.ts';
import { readIsCi } from './config.ts';
import { describePythonContactPoint } from './describe-python-contact-point.ts';
import { joinMembers, type JoinedMembers } from './joined-members.ts';

const python = await findConformancePython();
const hasKafka = await canRunKafka();

test.runIf(!python.ok)('SKIPPED: a contact point in Python over Kafka, because Python is not here', () => {
  expect(readIsCi()).toBe(false);
});

describe.runIf(python.ok && hasKafka)('with nothing but the contracts, in Python, over Kafka', () => {
  let joined: JoinedMembers | undefined;

  beforeAll(async () => {
    if (python.ok) joined = await joinMembers(python.interpreter, { kafkaBrokers: 1 });
  });
  afterAll(() => joined?.close());

  describe('a contact point', () => {
    describePythonContactPoint(() => {
      if (joined === undefined) throw new Error('nobody has joined');
      return joined;
    });
  });
});
