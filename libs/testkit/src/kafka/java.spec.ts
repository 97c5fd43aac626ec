import { describe, expect, it } from '@jest/globals';
import { findJava, javaReleaseOf } from './java.ts';

describe('the Java that runs Kafka', () => {
  it.each([
    ['openjdk version "17.0.15" 2025-04-15', 17],
    ['java version "1.8.0_412"', 8],
    ['openjdk version "25" 2025-09-16', 25],
    ['command not found', undefined],
  ])('is of the release that %s says', (printed, release) => {
    expect(javaReleaseOf(printed)).toBe(release);
  });

  it('is asked for by name where there is none', async () => {
    await expect(findJava({ JAVA_HOME: '/nowhere' })).rejects.toThrow(
      /needs Java 17 or newer, and `\/nowhere\/bin\/java -version` does not run\. Install .* KAFKA_BROKERS/,
    );
  });
});
