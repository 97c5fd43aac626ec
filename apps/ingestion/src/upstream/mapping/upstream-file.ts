import { readFileSync } from 'node:fs';
import { JsonError, scanJson } from '#contracts';
import { topics } from '#log';
import { ConfigError } from '#platform';
import { MappingFields } from './mapping-fields.ts';
import { timeUnits, type JsonSource, type UpstreamSource } from './upstream-source.ts';

export interface UpstreamFileOptions {
  /** Of the installation's own topics, which must not be read back in. Default `hyperhook.` */
  readonly prefix?: string;
}

const topicForm = /^[a-zA-Z0-9._-]{1,249}$/;
const common = ['topic', 'format', 'from', 'tenant', 'ids'];
const ofJson = ['id', 'type', 'occurred_at', 'data'];

/** Reads the file at `path` (docs/upstream.md). Throws {@link ConfigError} with all that is wrong with it. */
export function readUpstreamFile(path: string, options: UpstreamFileOptions = {}): readonly UpstreamSource[] {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    throw new ConfigError([
      `${path}: cannot be read (${String(error)}); name a file that this process may read`,
    ]);
  }
  return parseUpstreamFile(text, path, options);
}

/** As {@link readUpstreamFile}; `name` stands for the file in what is said about it. */
export function parseUpstreamFile(
  text: string,
  name: string,
  options: UpstreamFileOptions = {},
): readonly UpstreamSource[] {
  const problems: string[] = [];
  const sources = sourcesOf(jsonOf(text, name), name, problems);
  const own = new Set(topics.map((topic) => `${options.prefix ?? 'hyperhook.'}${topic.name}`));
  const seen = new Map<string, number>();
  for (const [index, { topic }] of sources) {
    const at = `${name} /sources/${index}/topic`;
    const before = seen.get(topic);
    // What the engine wrote would come in again, for ever.
    if (own.has(topic)) problems.push(`${at}: ${topic} is a topic of Hyperhook itself; name another team's`);
    if (before !== undefined)
      problems.push(`${at}: ${topic} is read by /sources/${before} already; keep one of the two`);
    seen.set(topic, before ?? index);
  }
  if (problems.length > 0) throw new ConfigError(problems);
  return sources.map(([, source]) => source);
}

function jsonOf(text: string, name: string): unknown {
  try {
    return scanJson(Buffer.from(text)).value();
  } catch (error) {
    if (!(error instanceof JsonError)) throw error;
    throw new ConfigError([`${name}: is not JSON: ${error.message}`]);
  }
}

function sourcesOf(
  value: unknown,
  name: string,
  problems: string[],
): readonly (readonly [number, UpstreamSource])[] {
  const file = MappingFields.of(value, `${name} `, problems);
  if (file === undefined) return [];
  file.allow(['sources']);
  const list = file.raw('sources');
  if (!Array.isArray(list) || list.length === 0) {
    file.wrong('sources', 'must be a list of at least one source; without any, leave the file away');
    return [];
  }
  return list.flatMap((each: unknown, index) => {
    const fields = MappingFields.of(each, `${name} /sources/${index}`, problems);
    const source = fields === undefined ? undefined : sourceOf(fields);
    return source === undefined ? [] : [[index, source] as const];
  });
}

function sourceOf(fields: MappingFields): UpstreamSource | undefined {
  const before = fields.problems.length;
  const format = fields.oneOf('format', ['cloudevents', 'json']);
  fields.allow(format === 'cloudevents' ? common : [...common, ...ofJson]);
  const topic = topicOf(fields);
  const from = fields.oneOf('from', ['beginning', 'end'], 'beginning');
  const ids = fields.oneOf('ids', ['as-given', 'by-source'], 'as-given');
  const tenant = fields.place('tenant', true);
  const json = format === 'json' ? jsonFields(fields) : {};
  if (fields.problems.length > before) return undefined;
  return { topic, format, from, ids, tenant, ...json } as UpstreamSource;
}

function topicOf(fields: MappingFields): string | undefined {
  const topic = fields.text('topic', 'name the Kafka topic');
  if (topic === undefined || (topicForm.test(topic) && topic !== '.' && topic !== '..')) return topic;
  fields.wrong('topic', `${topic} is no name of a topic; use letters, digits, dots, dashes and _`);
  return undefined;
}

function jsonFields(fields: MappingFields): Partial<JsonSource> {
  const type = fields.place('type', true);
  return {
    id: fields.has('id') ? (fields.place('id', false) ?? null) : null,
    ...(type === undefined ? {} : { type }),
    occurredAt: occurredAt(fields),
    data: fields.has('data') ? dataOf(fields) : '',
  };
}

function occurredAt(fields: MappingFields): JsonSource['occurredAt'] {
  if (!fields.has('occurred_at')) return null;
  const at = fields.place('occurred_at', false, ['unit']);
  const inner = MappingFields.of(fields.raw('occurred_at'), `${fields.path}/occurred_at`, []);
  const unit = inner?.oneOf('unit', timeUnits, 'rfc3339');
  // Its other fields were told by `place`.
  fields.problems.push(...(inner?.problems ?? []));
  return at === undefined || unit === undefined ? null : { at, unit };
}

function dataOf(fields: MappingFields): string {
  const inner = MappingFields.of(fields.raw('data'), `${fields.path}/data`, fields.problems);
  inner?.allow(['field']);
  return inner?.pointer('field') ?? '';
}
