import type { Stand } from '../core/lag.ts';
import type { ProcessReport } from '../records.ts';
import { topics, type TopicName } from '../topics.ts';
import { envelope, SOURCE } from './delivery-headers.ts';
import { Unreadable, type Decoded, type Encoded, type Readable } from './encoded.ts';
import { fromJson, isObject, toJson } from './json-value.ts';
import { decode, noUpcasters, type Schema } from './schema.ts';

/** By group and topic: partitions with the position in each. */
type Written = Record<string, Record<string, [partition: number, position: number][]>>;

const known: ReadonlySet<string> = new Set(topics.map(({ name }) => name));

export function encodeProcess({ id, at, stands, ...rest }: ProcessReport): Encoded {
  const headers = envelope(`${id}/${at}`, 'hyperhook.process.reported', SOURCE, at);
  headers['process'] = id;
  headers['at'] = String(at);
  const written: Written = {};
  for (const [group, own] of Object.entries(stands)) {
    const byTopic = (written[group] ??= {});
    for (const { topic, partition, position } of own) (byTopic[topic] ??= []).push([partition, position]);
  }
  return { key: id, headers, value: toJson({ ...rest, stands: written }) };
}

const schema: Schema<ProcessReport> = {
  current: 1,
  upcasters: noUpcasters,
  read: (headers, record) => {
    const said = fromJson(record.value);
    const text = (name: string): string => {
      const value = said[name];
      if (typeof value !== 'string') throw new Unreadable(`${name} is not a text`);
      return value;
    };
    const whole = (name: string): number => wholeOf(said[name], name);
    return {
      id: headers.text('process'),
      at: headers.time('at'),
      role: text('role'),
      host: text('host'),
      pid: whole('pid'),
      version: text('version'),
      startedAt: whole('startedAt'),
      inFlight: said['inFlight'] === null ? null : whole('inFlight'),
      isEnding: said['isEnding'] === true,
      stands: readStands(said['stands']),
    };
  },
};

function readStands(written: unknown): ProcessReport['stands'] {
  if (!isObject(written)) throw new Unreadable('stands is not an object');
  return Object.fromEntries(Object.entries(written).map(([group, own]) => [group, standsOf(own)]));
}

function standsOf(byTopic: unknown): readonly Stand[] {
  if (!isObject(byTopic)) throw new Unreadable('the stands of a group are not an object');
  return Object.entries(byTopic).flatMap(([topic, pairs]) => {
    if (!Array.isArray(pairs)) throw new Unreadable('the stands of a topic are not a list');
    // A newer release may know more topics.
    if (!known.has(topic)) return [];
    return pairs.map((pair: unknown) => {
      const [partition, position] = Array.isArray(pair) ? (pair as unknown[]) : [];
      const stand = { partition: wholeOf(partition, 'partition'), position: wholeOf(position, 'position') };
      return { topic: topic as TopicName, ...stand };
    });
  });
}

function wholeOf(value: unknown, name: string): number {
  if (typeof value === 'number' && Number.isSafeInteger(value) && value >= 0) return value;
  throw new Unreadable(`${name} is not a whole number`);
}

export function decodeProcess(record: Readable): Decoded<ProcessReport> {
  return decode(schema, record);
}
