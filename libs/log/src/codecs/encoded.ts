import type { LogRecord, NewRecord } from '../port/record.ts';

/** What a codec makes; the caller adds topic and partition (R1). */
export type Encoded = Pick<NewRecord, 'key' | 'headers' | 'value'>;

/** What a codec reads: any {@link LogRecord} is one. */
export type Readable = Pick<LogRecord, 'key' | 'headers' | 'value' | 'appendedAt'>;

/**
 * - `unreadable`: goes to `quarantine` with the reason (P9).
 * - `newer`: written by a newer release; hops through `retry.1m` unchanged, or ends readiness (R21).
 */
export type Decoded<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly why: 'unreadable'; readonly reason: string }
  | { readonly ok: false; readonly why: 'newer'; readonly version: number };

/** Thrown inside codecs only; {@link Decoded} carries its message outside. */
export class Unreadable extends Error {
  override readonly name = 'Unreadable';
}

/** Written by a release that knows more than this one, though its schema version is known (R21). */
export class Newer extends Error {
  override readonly name = 'Newer';
}

export const NOTHING = new Uint8Array(0);
