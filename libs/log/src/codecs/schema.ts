import { HeaderReader } from './header-reader.ts';
import { Newer, Unreadable, type Decoded, type Readable } from './encoded.ts';

/** Makes a record of version n look like one of version n + 1. Pure. */
export type Upcaster = (record: Readable) => Readable;

/**
 * How one kind of record is read, in all versions ever written. Key headers never change name (R21), so `schema-version`
 * is readable in every version.
 */
export interface Schema<T> {
  readonly current: number;
  /** By the version they read; a complete chain up to `current`. */
  readonly upcasters: ReadonlyMap<number, Upcaster>;
  /** Reads the current version; throws {@link Unreadable}. */
  readonly read: (headers: HeaderReader, record: Readable) => T;
}

export const MAX_VERSION = 10_000;

export const noUpcasters: ReadonlyMap<number, Upcaster> = new Map();

export function decode<T>(schema: Schema<T>, record: Readable): Decoded<T> {
  let version = 0;
  try {
    version = new HeaderReader(record.headers).integer('schema-version', 0, MAX_VERSION);
    if (version > schema.current) return { ok: false, why: 'newer', version };
    let upcast = record;
    for (let from = version; from < schema.current; from += 1) {
      const upcaster = schema.upcasters.get(from);
      if (upcaster === undefined) throw new Unreadable(`schema version ${version} was never written`);
      upcast = upcaster(upcast);
    }
    return { ok: true, value: schema.read(new HeaderReader(upcast.headers), upcast) };
  } catch (error) {
    if (error instanceof Newer) return { ok: false, why: 'newer', version };
    if (error instanceof Unreadable) return { ok: false, why: 'unreadable', reason: error.message };
    throw error;
  }
}
