import { EmbeddedKafkaError, findJars } from '@liaison/embedded-kafka';
import { mustSkip } from '@liaison/test-broker';

/**
 * Whether a Liaison with a Kafka of its own can run here.
 * @throws Error under `LIAISON_CI=1` where it cannot: there a test that is skipped is a failure
 */
export async function canRunKafka(): Promise<boolean> {
  try {
    await findJars();
    return true;
  } catch (error) {
    if (!(error instanceof EmbeddedKafkaError)) throw error;
    return !mustSkip({ kind: 'none', reason: error.message });
  }
}
