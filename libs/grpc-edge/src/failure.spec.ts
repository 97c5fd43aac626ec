import { describe, expect, it } from '@jest/globals';
import { status, type StatusObject } from '@grpc/grpc-js';
import { problemOf, Refused, retryAfter } from '#http-edge';
import { failureOf } from './failure.ts';

const failure = (error: unknown) => failureOf(problemOf(error, '/hyperhook.v1.IngestService/Publish'));
const document = ({ metadata }: StatusObject) => JSON.parse(String(metadata.get('problem-bin')[0]));
const rich = ({ metadata }: StatusObject) => metadata.get('grpc-status-details-bin')[0] as Buffer;

/** Fields of a message on the wire, by number: enough to read what was written without its writer. */
function fields(bytes: Buffer): Map<number, (Buffer | number)[]> {
  const found = new Map<number, (Buffer | number)[]>();
  let at = 0;
  const varint = (): number => {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = bytes[at++]!;
      value += (byte & 0x7f) * 2 ** shift;
      if (byte < 0x80) return value;
    }
  };
  while (at < bytes.length) {
    const tag = varint();
    let value: Buffer | number = varint();
    if ((tag & 7) === 2) {
      value = bytes.subarray(at, at + value);
      at += value.length;
    }
    found.set(tag >> 3, [...(found.get(tag >> 3) ?? []), value]);
  }
  return found;
}

const details = (failed: StatusObject): Map<string, Map<number, (Buffer | number)[]>> =>
  new Map(
    (fields(rich(failed)).get(3) ?? []).map((any) => {
      const of = fields(any as Buffer);
      return [
        String(of.get(1)![0]).replace('type.googleapis.com/google.rpc.', ''),
        fields(of.get(2)![0] as Buffer),
      ];
    }),
  );

describe('a problem as the end of a call', () => {
  it('has a code, a text, and the document that REST answers with', () => {
    const failed = failure(new Refused('not_found', 'no such webhook'));
    expect(failed).toMatchObject({ code: status.NOT_FOUND, details: 'not_found: no such webhook' });
    expect(document(failed)).toEqual({
      type: 'https://hyperhook.dev/problems/not_found',
      title: 'Not found',
      status: 404,
      code: 'not_found',
      detail: 'no such webhook',
      instance: '/hyperhook.v1.IngestService/Publish',
    });
  });

  it('says the same in the form of google.rpc.Status', () => {
    const errors = [{ pointer: '/event/type', code: 'required', detail: 'is required' }];
    const failed = failure(new Refused('validation_failed', 'a detail', { errors }));
    const all = fields(rich(failed));
    expect(all.get(1)).toEqual([status.INVALID_ARGUMENT]);
    expect(String(all.get(2)![0])).toBe('a detail');
    const found = details(failed);
    expect([...found.keys()]).toEqual(['ErrorInfo', 'BadRequest']);
    expect(String(found.get('ErrorInfo')!.get(1)![0])).toBe('VALIDATION_FAILED');
    expect(String(found.get('ErrorInfo')!.get(2)![0])).toBe('hyperhook.dev');
    const violation = fields(found.get('BadRequest')!.get(1)![0] as Buffer);
    expect([1, 2, 3].map((n) => String(violation.get(n)![0]))).toEqual([
      '/event/type',
      'is required',
      'REQUIRED',
    ]);
  });

  it('tells when to come back, where something will go through later', () => {
    const failed = failure(new Refused('overloaded', 'busy', { headers: retryAfter(7) }));
    expect(failed.code).toBe(status.UNAVAILABLE);
    const delay = fields(details(failed).get('RetryInfo')!.get(1)![0] as Buffer);
    expect(delay.get(1)).toEqual([7]);
    expect(details(failure(new Refused('conflict', 'no'))).has('RetryInfo')).toBe(false);
  });

  it('stays within what clients take of metadata, however much is wrong, in any script', () => {
    const detail = 'é'.repeat(400);
    const errors = Array.from({ length: 20 }, (_, n) => ({
      pointer: `/events/${n}/type`,
      code: 'unknown_type',
      detail,
    }));
    for (const given of [errors, errors.slice(0, 1), []]) {
      const failed = failure(
        new Refused('validation_failed', `${'\u{1f4a5}'.repeat(900)}x`, { errors: given }),
      );
      const bytes = Object.values(failed.metadata.getMap()).reduce((sum, value) => sum + value.length, 0);
      const message = encodeURI(failed.details).length;
      expect(bytes * (4 / 3) + message).toBeLessThan(7_500);
      expect(document(failed)).toMatchObject({ code: 'validation_failed', status: 422 });
    }
  });

  it('tells nothing of what nobody foresaw', () => {
    const failed = failure(new Error('password=hunter2'));
    expect(failed.code).toBe(status.INTERNAL);
    expect(JSON.stringify([failed.details, document(failed)])).not.toContain('hunter2');
  });
});
