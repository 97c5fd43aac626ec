import { SecretBox } from '#control';
import { Refused, type Principal } from '#http-edge';
import { createLogger } from '#platform';
import { describe, expect, it } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import { FakeAnswered } from '../../fixtures/fake-answered.ts';
import { answerOnce } from './answer-once.ts';
import { OldAnswers } from './old-answers.ts';

const HOUR = 3_600_000;

function setUp() {
  const state = { now: 1_000_000, answered: new FakeAnswered(), done: 0 };
  const as = (keyId: string): Principal => ({
    keyId,
    tenantId: null,
    scopes: ['admin'],
    actor: `key:${keyId}`,
  });
  const context = {
    answered: state.answered,
    oldAnswers: new OldAnswers(),
    secretBox: new SecretBox(new Map([['k1', randomBytes(32)]]), 'k1'),
    now: () => state.now,
    logger: createLogger({ name: 'test', level: 'silent' }),
  };
  const ask = (key: string, body: unknown, work: () => Promise<unknown> = async () => ({ n: state.done })) =>
    answerOnce(context, as('key_one'), { key, request: ['/webhooks', body] }, async () => {
      state.done += 1;
      return work();
    });
  return { world: Object.assign(state, { as, ask }), context };
}

const codeOf = async (asked: Promise<unknown>): Promise<string> => {
  try {
    await asked;
  } catch (error) {
    if (error instanceof Refused) return error.code;
    throw error;
  }
  return 'answered';
};

describe('a request under an Idempotency-Key', () => {
  it('is done once; the same again is answered the same, whatever the answer holds', async () => {
    const { world } = setUp();
    const secret = async () => ({ secret: 'whsec_shown_once' });
    expect(await world.ask('k', { a: 1 }, secret)).toEqual({
      answer: { secret: 'whsec_shown_once' },
      replayed: false,
    });
    expect(await world.ask('k', { a: 1 }, secret)).toEqual({
      answer: { secret: 'whsec_shown_once' },
      replayed: true,
    });
    expect(world.done).toBe(1);
    expect(JSON.stringify([...world.answered.rows])).not.toContain('whsec_shown_once');
  });

  it('is refused when it is another request, and belongs to one caller alone', async () => {
    const { world, context } = setUp();
    await world.ask('k', { a: 1 });
    expect(await codeOf(world.ask('k', { a: 2 }))).toBe('idempotency_key_reused');
    const other = { key: 'k', request: ['/webhooks', { a: 2 }] };
    const work = async () => 'mine';
    expect(await answerOnce(context, world.as('key_two'), other, work)).toEqual({
      answer: 'mine',
      replayed: false,
    });
    expect(world.done).toBe(1);
  });

  it('is refused while it is under way', async () => {
    const { world } = setUp();
    let finish: (answer: unknown) => void = () => {};
    const first = world.ask('k', 1, () => new Promise((resolve) => (finish = resolve)));
    expect(await codeOf(world.ask('k', 1))).toBe('idempotency_key_in_use');
    finish('done');
    expect(await first).toEqual({ answer: 'done', replayed: false });
    expect(await world.ask('k', 1)).toEqual({ answer: 'done', replayed: true });
    expect(world.done).toBe(1);
  });

  it('may be sent again, also mended, when nothing came of it', async () => {
    const { world } = setUp();
    const refuse = () => Promise.reject(new Refused('validation_failed', 'no'));
    expect(await codeOf(world.ask('k', 'wrong', refuse))).toBe('validation_failed');
    expect(await codeOf(world.ask('k', 'mended'))).toBe('answered');
  });

  it('is never done twice after a process died over it; its caller is told to look', async () => {
    const { world } = setUp();
    void world.ask('k', 1, () => new Promise(() => {}));
    await Promise.resolve();
    world.now += HOUR;
    await expect(world.ask('k', 1)).rejects.toMatchObject({
      code: 'idempotency_key_in_use',
      message: expect.stringContaining('look whether it was done'),
    });
  });

  it('is forgotten after 24 hours', async () => {
    const { world } = setUp();
    await world.ask('k', 1);
    world.now += 24 * HOUR - 1;
    expect(await world.ask('k', 1)).toMatchObject({ replayed: true });
    world.now += 2;
    expect(await world.ask('k', 1)).toMatchObject({ replayed: false });
    world.now += 24 * HOUR + 1;
    await world.ask('another', 1);
    expect([...world.answered.rows.keys()]).toEqual(['key_one another']);
  });

  it('needs the database before the work and not after it', async () => {
    const { world } = setUp();
    world.answered.down = true;
    expect(await codeOf(world.ask('k', 1))).toBe('unavailable');
    expect(world.done).toBe(0);
    world.answered.down = false;
    const lose = async () => {
      world.answered.down = true;
      return 'done all the same';
    };
    expect(await world.ask('k', 1, lose)).toEqual({ answer: 'done all the same', replayed: false });
    world.answered.down = false;
    expect(await codeOf(world.ask('k', 1))).toBe('idempotency_key_in_use');
  });

  it('must have a key that a log line and a database can hold', async () => {
    const { world } = setUp();
    for (const key of ['', 'ü', 'a\u0000', 'k'.repeat(256)]) {
      expect(await codeOf(world.ask(key, 1))).toBe('invalid_header');
    }
    expect(await codeOf(world.ask('k'.repeat(255), 1))).toBe('answered');
  });

  it('is done each time without a key, and asks no database', async () => {
    const { world, context } = setUp();
    world.answered.down = true;
    const work = async () => 'done';
    const ask = { key: undefined, request: [] };
    expect(await answerOnce(context, world.as('key_one'), ask, work)).toEqual({
      answer: 'done',
      replayed: false,
    });
  });
});
