import type { AttemptDetail } from '../records.ts';
import { NOTHING, Unreadable } from './encoded.ts';
import { fromJson, isObject, toJson } from './json-value.ts';

/** An outcome without a request (held, expired, cancelled…) has an empty value. */
export function encodeDetail(detail: AttemptDetail | null): Uint8Array {
  return detail === null ? NOTHING : toJson(detail);
}

type Check = (value: unknown) => boolean;
const text: Check = (value) => typeof value === 'string';
const number: Check = (value) => typeof value === 'number';
const texts: Check = (value) => isObject(value) && Object.values(value).every(text);
const orNull =
  (check: Check): Check =>
  (value) =>
    value === null || check(value);

const shape: Readonly<Record<keyof AttemptDetail, Check>> = {
  startedAt: number,
  durationMs: number,
  requestHeaders: texts,
  url: text,
  status: orNull(number),
  errorClass: orNull(text),
  message: orNull(text),
  responseHeaders: orNull(texts),
  responseBody: orNull(text),
  responseBytes: orNull(number),
  responseTruncated: (value) => typeof value === 'boolean',
};

export function decodeDetail(value: Uint8Array): AttemptDetail | null {
  if (value.byteLength === 0) return null;
  const detail = fromJson(value);
  for (const [name, check] of Object.entries(shape)) {
    if (!check(detail[name])) throw new Unreadable(`the attempt's ${name} is missing or of another type`);
  }
  return detail as unknown as AttemptDetail;
}
