import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { orUseARunningCluster } from './java.ts';

export const kafkaVersion = '4.3.1';

const cache = fileURLToPath(new URL(`../../../../.cache/kafka/${kafkaVersion}`, import.meta.url));

// kafka_2.13 leaves the logging backend out on purpose; without one a broker that fails says nothing at all.
const dependencies = [
  ['org.apache.kafka', 'kafka_2.13', kafkaVersion],
  ['org.apache.logging.log4j', 'log4j-slf4j-impl', '2.25.4'],
] as const;

const pom = `<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>hyperhook</groupId>
  <artifactId>kafka-jars</artifactId>
  <version>1</version>
  <packaging>pom</packaging>
  <dependencies>
${dependencies
  .map(
    ([group, artifact, version]) =>
      `    <dependency><groupId>${group}</groupId><artifactId>${artifact}</artifactId><version>${version}</version></dependency>`,
  )
  .join('\n')}
  </dependencies>
</project>
`;

export interface KafkaJarsOptions {
  /** Told before the jars are fetched, once per machine. */
  readonly onFetch?: () => void;
  readonly signal?: AbortSignal;
}

/**
 * The folder with Kafka's jars (45 of them, 44 MB), fetched once by Maven and kept in `.cache/kafka/<version>/lib`.
 * `onFetch` is told when they are not there yet, since that takes 5–20 s. Throws where Maven is missing or fails.
 */
export async function kafkaJars(
  { onFetch, signal }: KafkaJarsOptions = {},
  folder: string = cache,
): Promise<string> {
  const jars = join(folder, 'lib');
  if (existsSync(jars)) return jars;
  onFetch?.();
  await mkdir(folder, { recursive: true });
  // Into a folder of its own, then renamed: half a fetch never passes for a whole one, and two at once do no harm.
  const fetched = await mkdtemp(join(folder, 'fetch-'));
  try {
    await writeFile(join(fetched, 'pom.xml'), pom);
    await maven(fetched, signal);
    await rename(join(fetched, 'lib'), jars).catch((error: unknown) => {
      if (!existsSync(jars)) throw error;
    });
  } finally {
    await rm(fetched, { recursive: true, force: true });
  }
  return jars;
}

async function maven(folder: string, signal?: AbortSignal): Promise<void> {
  const goal = ['dependency:copy-dependencies', '-DincludeScope=runtime', '-DoutputDirectory=lib'];
  try {
    await promisify(execFile)('mvn', ['-q', '-B', ...goal], { cwd: folder, signal });
  } catch (error) {
    signal?.throwIfAborted();
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') {
      throw new Error(
        `Kafka's jars are fetched by Maven, and there is no \`mvn\` on the PATH. Install it ` +
          `(https://maven.apache.org/install.html, or \`apt-get install maven\`). ${orUseARunningCluster}`,
        { cause: error },
      );
    }
    const said = error instanceof Error && 'stdout' in error ? String(error.stdout).trim() : String(error);
    throw new Error(
      `Maven could not fetch Kafka ${kafkaVersion}; is its repository reachable? ${orUseARunningCluster}\n${said}`,
      { cause: error },
    );
  }
}
