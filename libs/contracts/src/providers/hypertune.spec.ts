import { describe, expect, it } from '@jest/globals';
import { isSuccess } from '#domain';
import { checkSecret, JsonError, scanJson } from '../index.ts';
import { where, wire } from './wire.ts';

const hypertune = wire('hypertune');
const sample = {
  id: 'QAq7JB7nE5tY8mS99qsmM',
  type: 'NEW_COMMIT',
  occurredAt: Date.UTC(2023, 3, 17, 12, 2, 26, 95),
};
const wireSample =
  '{"id":"QAq7JB7nE5tY8mS99qsmM","createdAt":"2023-04-17T12:02:26.095Z","type":"NEW_COMMIT",' +
  '"project":{"id":"2489","name":"demo-webhook project"},"commit":{"id":"2792","message":"v5"},' +
  '"user":{"id":"2431","displayName":"Miraan Tabrez","email":"miraan@hypertune.com"}}';

describe('Hypertune', () => {
  it("HT-2: the page's own example comes out byte for byte", () => {
    expect(hypertune.body(sample)).toBe(wireSample);
    expect(Buffer.byteLength(wireSample)).toBe(263);
  });

  it('HT-2: an id made by the engine has 21 characters of the nanoid alphabet', () => {
    expect(hypertune.json({ type: 'NEW_COMMIT' })['id']).toMatch(/^[A-Za-z0-9_-]{21}$/);
  });

  it.each(['', 'evt_1', 'QAq7JB7nE5tY8mS99qsm', 'QAq7JB7nE5tY8mS99qsmM0', 'QAq7JB7nE5tY8mS99qsm\n'])(
    'HT-2: a published id that is none of theirs is refused: %j',
    (id) => {
      expect(where(hypertune.problems({ ...sample, id }))).toEqual(['invalid_id /id']);
    },
  );

  it('HT-3: any other type goes out with whatever its data holds', () => {
    const data = scanJson(Buffer.from('{ "flag": {"10": 1.50, "2": 1e2} }'));
    expect(hypertune.body({ ...sample, type: 'FLAG_CHANGED', data })).toBe(
      '{"id":"QAq7JB7nE5tY8mS99qsmM","createdAt":"2023-04-17T12:02:26.095Z","type":"FLAG_CHANGED",' +
        '"flag":{"10":1.50,"2":1e2}}',
    );
  });

  it('HT-3: data without members leaves a body of three', () => {
    expect(Object.keys(hypertune.json({ ...sample, type: 'PING', data: {} }))).toEqual([
      'id',
      'createdAt',
      'type',
    ]);
  });

  it.each(['A\r\nX: 1', '*', '🦑', '', 'x'.repeat(10_240)])(
    'HT-3: a type must be a plain name, not %j',
    (type) => {
      expect(where(hypertune.problems({ ...sample, type, data: {} }))).toEqual(['invalid_type /type']);
    },
  );

  it('HT-3: the user may be missing or null, project and commit may not', () => {
    const project = { id: '1', name: 'p' };
    expect(
      hypertune.problems({ ...sample, data: { project, commit: { id: '2', message: 'm' }, user: null } }),
    ).toEqual([]);
    expect(where(hypertune.problems({ ...sample, data: { project } }))).toEqual([
      'invalid_data /data/commit',
    ]);
  });

  it.each(['id', 'createdAt', 'type'])('HT-2: data must not hold a member named %s', (name) => {
    const data = { project: { id: '1', name: 'p' }, commit: { id: '2', message: 'm' }, [name]: 'x' };
    expect(where(hypertune.problems({ ...sample, data }))).toEqual([`reserved_field /data/${name}`]);
  });

  it('HT-2: an escaped name does not slip past: "\\u0069d" is id', () => {
    const data = scanJson(Buffer.from('{"\\u0069d":1}'));
    expect(where(hypertune.problems({ ...sample, type: 'OTHER', data }))).toEqual([
      'reserved_field /data/id',
    ]);
  });

  it("HT-4, HT-5: X-Hypertune-Signature is bare hex; the page's secret of 32 hex characters is a key of text", () => {
    expect(hypertune.headers(['1de87274cc2ddba774cbcec5a9ad8727'], wireSample)).toEqual({
      'Content-Type': 'application/json',
      'X-Hypertune-Signature': 'd0cd86587b5e6d026088e9342ca20a65e431c97c4e2731ae58d0b7cb791a64a7',
    });
    expect(checkSecret(hypertune.contract, '1de87274cc2ddba774cbcec5a9ad8727')).toBeNull();
  });

  it('HT-6: delays only grow, up to a limit', () => {
    const { delaysMs } = hypertune.contract.policy;
    expect(delaysMs).toEqual([16, 60, 300, 1_800, 7_200, 7_200, 7_200].map((seconds) => seconds * 1_000));
    expect(delaysMs).toEqual(delaysMs.toSorted((a, b) => a - b));
  });

  it('HT-7: 10 s, and 200 to 299 inclusive', () => {
    expect(hypertune.contract.policy.timeoutMs).toBe(10_000);
    const counts = [199, 200, 204, 299, 300].filter((status) => isSuccess(hypertune.contract.policy, status));
    expect(counts).toEqual([200, 204, 299]);
  });

  it('HT-9: a replay sends the same bytes, the id with them', () => {
    expect(hypertune.contract.replay).toBe('same-bytes');
    expect(hypertune.body(sample)).toBe(hypertune.body(sample));
  });

  it('HT-10: the time is inside of what is signed', () => {
    const later = hypertune.body({ ...sample, occurredAt: sample.occurredAt + 1 });
    const signature = (body: string) =>
      hypertune.headers(['a-secret-of-text'], body)['X-Hypertune-Signature'];
    expect(signature(later)).not.toBe(signature(wireSample));
  });

  it('HT-12: bytes that are not UTF-8 never get as far as a body', () => {
    expect(() => scanJson(Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d]))).toThrow(JsonError);
  });
});
