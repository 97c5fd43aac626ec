import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { findJava } from './java.ts';
import { kafkaJars, kafkaVersion } from './kafka-jars.ts';

const classes = {
  'kafka-console-consumer': 'org.apache.kafka.tools.consumer.ConsoleConsumer',
  'kafka-console-producer': 'org.apache.kafka.tools.ConsoleProducer',
  'kafka-consumer-groups': 'org.apache.kafka.tools.consumer.group.ConsumerGroupCommand',
} as const;

export type ConsoleTool = keyof typeof classes;

/** The beginning of a command line; the tool's own options come after it. */
export type ConsoleCommand = (tool: ConsoleTool) => readonly [string, ...string[]];

/**
 * Kafka's own command-line tools, which operators know by these names. Their jar is fetched by Maven beside the broker's,
 * once. Throws where Java or Maven is missing, or fails.
 */
export async function consoleTools(): Promise<ConsoleCommand> {
  const java = await findJava();
  const jars = await kafkaJars();
  const tools = join(dirname(jars), 'tools');
  if (!existsSync(tools)) await fetchTools(tools);
  const path = [jars, tools]
    .map((folder) => join(folder, '*'))
    .join(process.platform === 'win32' ? ';' : ':');
  // A tool lives for a second or two: most of that would go into compiling it well.
  return (tool) => [java.command, '-XX:TieredStopAtLevel=1', '-cp', path, classes[tool]];
}

async function fetchTools(folder: string): Promise<void> {
  // As the broker's jars: into a folder of its own, then renamed.
  const fetched = await mkdtemp(`${folder}-fetch-`);
  try {
    const artifact = `-Dartifact=org.apache.kafka:kafka-tools:${kafkaVersion}`;
    const goal = ['dependency:copy', artifact, '-DoutputDirectory=tools'];
    await promisify(execFile)('mvn', ['-q', '-B', ...goal], { cwd: fetched });
    await rename(join(fetched, 'tools'), folder).catch((error: unknown) => {
      if (!existsSync(folder)) throw error;
    });
  } finally {
    await rm(fetched, { recursive: true, force: true });
  }
}
