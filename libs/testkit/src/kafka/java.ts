import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

const oldest = 17;
const instead = 'Or set KAFKA_BROKERS=host:port[,…] to use a cluster that runs already.';

/** The feature release in what `java -version` prints: 8 of `"1.8.0_412"`, 17 of `"17.0.15"`. */
export function javaReleaseOf(printed: string): number | undefined {
  const match = /version "(?:1\.)?(\d+)/.exec(printed);
  return match === null ? undefined : Number(match[1]);
}

export interface Java {
  readonly command: string;
  /** What it says of itself: another build, another text. */
  readonly version: string;
}

/** The Java of JAVA_HOME, else of the PATH. Throws where there is none, or one older than 17 (Kafka 4 needs that). */
export async function findJava(environment: NodeJS.ProcessEnv = process.env): Promise<Java> {
  const home = environment['JAVA_HOME'];
  const java = home === undefined || home === '' ? 'java' : join(home, 'bin', 'java');
  let printed: string;
  try {
    printed = (await promisify(execFile)(java, ['-version'], { env: environment })).stderr;
  } catch (error) {
    throw new Error(
      `Kafka needs Java ${oldest} or newer, and \`${java} -version\` does not run. Install a JRE ` +
        `(https://adoptium.net, or \`apt-get install openjdk-17-jre-headless\`) or set JAVA_HOME. ${instead}`,
      { cause: error },
    );
  }
  const release = javaReleaseOf(printed);
  if (release === undefined || release < oldest) {
    throw new Error(
      `Kafka needs Java ${oldest} or newer; \`${java} -version\` says: ${printed.split('\n')[0] ?? 'nothing'}. ` +
        `Install a newer one (https://adoptium.net) and set JAVA_HOME to it. ${instead}`,
    );
  }
  return { command: java, version: printed };
}

export { instead as orUseARunningCluster };
