import { hasContainerEngine } from './container-engine.ts';

export const kafkaSources = ['containers', 'jars'] as const;
/** Where a broker of one's own comes from. */
export type KafkaSource = (typeof kafkaSources)[number];

/**
 * Containers where an engine answers, else Maven's jars. KAFKA_FROM says it outright. `needsJars`: an image cannot give what is asked for.  Throws where KAFKA_FROM is neither, or asks for what cannot be.
 */
export async function chooseKafkaSource(
  environment: NodeJS.ProcessEnv,
  needsJars: boolean,
  hasEngine: () => Promise<boolean> = () => hasContainerEngine(environment),
): Promise<KafkaSource> {
  const said = environment['KAFKA_FROM'] ?? '';
  if (said === '') return !needsJars && (await hasEngine()) ? 'containers' : 'jars';
  const source = kafkaSources.find((one) => one === said);
  if (source === undefined)
    throw new Error(`KAFKA_FROM=${said}: ${kafkaSources.join(' or ')}, or leave it out`);
  if (source === 'jars' || needsJars) return 'jars';
  if (await hasEngine()) return source;
  throw new Error(
    'KAFKA_FROM=containers, and no container engine answers: start one, or leave KAFKA_FROM out',
  );
}
