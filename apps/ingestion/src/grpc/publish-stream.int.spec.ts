import 'reflect-metadata';
import { credentials, status } from '@grpc/grpc-js';
import { describe, expect, it } from '@jest/globals';
import { eventually, GrpcClient, type Duplex } from '#testkit';
import { StartedIngestion } from '../testing/started-ingestion.ts';

const event = (id: string, data: object = {}) => ({
  id,
  type: 'a.b',
  data: Buffer.from(JSON.stringify(data)),
});
const idsOf = async (app: StartedIngestion) => (await app.events()).map(({ eventId }) => eventId);
const inFlight = async (app: StartedIngestion) =>
  Number(/hyperhook_accept_bytes_in_flight (\d+)/.exec(await app.metrics.text())?.[1]);

interface Outcome {
  /** Absent: 0. */
  readonly sequence?: number;
  readonly accepted?: { readonly id: string; readonly status: string };
  readonly problem?: { readonly code: string; readonly retry_after_seconds?: number };
}

/** A stream with all that came back of it. */
class Publishing {
  readonly outcomes: Outcome[] = [];
  /** How it ended. */
  code: number | undefined;
  readonly #client: GrpcClient;
  readonly stream: Duplex;

  constructor(address: string, key = 'acme', options = {}) {
    this.#client = new GrpcClient(address, key, credentials.createInsecure());
    this.stream = this.#client.stream('IngestService', 'PublishStream', options);
    this.stream.on('data', (one: unknown) => this.outcomes.push(one as Outcome));
    this.stream.on('error', () => {});
    this.stream.on('status', ({ code }: { code: number }) => (this.code = code));
  }

  send(sequence: number, one: object): void {
    this.stream.write({ sequence, event: one });
  }

  [Symbol.dispose](): void {
    this.stream.cancel();
    this.#client.close();
  }
}

describe('PublishStream', () => {
  it('answers each message in the order of the messages, good and bad ones, and ends when the publisher does', async () => {
    await using app = await StartedIngestion.start();
    using publishing = new Publishing(await app.grpc());
    const count = 3_000;
    for (let n = 0; n < count; n += 1)
      publishing.send(n, n % 100 === 7 ? { id: `s${n}` } : event(`s${n}`, { n }));
    publishing.stream.end();
    await eventually(() => expect(publishing.code).toBe(0), 20_000);
    expect(publishing.outcomes.map(({ sequence = 0 }) => sequence)).toEqual(
      Array.from({ length: count }, (_, n) => n),
    );
    const refused = publishing.outcomes.filter(({ problem }) => problem?.code === 'validation_failed');
    expect(refused).toHaveLength(count / 100);
    expect(await idsOf(app)).toHaveLength(count - refused.length);
  });

  it('says accepted only of what is durable (P1)', async () => {
    await using app = await StartedIngestion.start();
    using publishing = new Publishing(await app.grpc());
    const release = app.store.stall();
    publishing.send(1, event('waits'));
    await eventually(async () => expect(await inFlight(app)).toBeGreaterThan(0));
    expect(publishing.outcomes).toEqual([]);
    release();
    await eventually(() =>
      expect(publishing.outcomes).toMatchObject([{ sequence: 1, accepted: { id: 'waits' } }]),
    );
    expect(await idsOf(app)).toEqual(['waits']);
  });

  it('reads no more than 1,000 messages ahead of the log', async () => {
    await using app = await StartedIngestion.start();
    using publishing = new Publishing(await app.grpc());
    const release = app.store.stall();
    const kibibyte = 'x'.repeat(1_024);
    for (let n = 0; n < 5_000; n += 1) publishing.send(n, event(`b${n}`, { kibibyte }));
    let before = -1;
    // It settles: what was read does not grow any more, although more was sent.
    await eventually(async () => {
      const now = await inFlight(app);
      const settled = now === before && now > 1_000 * 1_024;
      before = now;
      expect(settled).toBe(true);
    });
    // Twice: as it came, and as it was rendered.
    expect(before).toBeLessThan(1_020 * 2 * 1_024 * 1.5);
    release();
    publishing.stream.end();
    await eventually(() => expect(publishing.code).toBe(0), 20_000);
    expect(publishing.outcomes).toHaveLength(5_000);
  });

  it('reads nothing while too many bytes wait for the log, instead of refusing', async () => {
    await using app = await StartedIngestion.start({ config: { maxBytesInFlight: 100_000 } });
    using publishing = new Publishing(await app.grpc());
    const release = app.store.stall();
    const large = { x: 'y'.repeat(20_000) };
    for (let n = 0; n < 40; n += 1) publishing.send(n, event(`l${n}`, large));
    let before = -1;
    // As above: it has settled once two looks see the same.
    await eventually(async () => {
      const now = await inFlight(app);
      const settled = now === before && now >= 100_000;
      before = now;
      expect(settled).toBe(true);
    });
    expect(before).toBeLessThan(200_000);
    // A request by itself is told to come again.
    expect(await app.publish(event('single'))).toMatchObject({ status: 503, json: { code: 'overloaded' } });
    release();
    publishing.stream.end();
    await eventually(() => expect(publishing.code).toBe(0), 20_000);
    expect(publishing.outcomes.map(({ accepted }) => accepted?.status)).toEqual(
      Array.from({ length: 40 }, () => 'PUBLISH_STATUS_ACCEPTED'),
    );
  });

  it('tells of each message that the log is away, and goes on with the same stream when it is back', async () => {
    await using app = await StartedIngestion.start({ config: { appendWithin: 150 } });
    const address = await app.grpc();
    using publishing = new Publishing(address);
    const release = app.store.stall();
    publishing.send(1, event('away'));
    publishing.send(2, event('away-too'));
    await eventually(() => expect(publishing.outcomes).toHaveLength(2));
    for (const { problem } of publishing.outcomes) {
      expect(problem).toMatchObject({ code: 'unavailable', retry_after_seconds: 2 });
    }
    const unary = new GrpcClient(address, 'acme');
    const answer = await unary.call('IngestService', 'Publish', { event: event('away-single') });
    unary.close();
    expect(answer).toMatchObject({ code: status.UNAVAILABLE, problem: { code: 'unavailable' } });
    release();
    publishing.send(3, event('back'));
    await eventually(() =>
      expect(publishing.outcomes[2]).toMatchObject({ sequence: 3, accepted: { id: 'back' } }),
    );
    expect(publishing.code).toBeUndefined();
  });

  it('ends with UNAUTHENTICATED once the key is revoked, and accepts nothing after that', async () => {
    await using app = await StartedIngestion.start();
    using publishing = new Publishing(await app.grpc());
    publishing.send(1, event('before'));
    await eventually(() => expect(publishing.outcomes).toHaveLength(1));
    const position = await app.append({ type: 'key.revoked', keyId: 'key_acme', version: 2, at: 2 });
    await app.control.passed(position);
    publishing.send(2, event('after'));
    publishing.send(3, event('long-after'));
    await eventually(() => expect(publishing.code).toBe(status.UNAUTHENTICATED));
    expect(publishing.outcomes.slice(1)).toMatchObject([{ sequence: 2, problem: { code: 'unknown_key' } }]);
    expect(await idsOf(app)).toEqual(['before']);
  });

  it('survives a publisher that cancels, and one whose connection breaks, in the middle', async () => {
    await using app = await StartedIngestion.start();
    const address = await app.grpc();
    const release = app.store.stall();
    for (const end of [
      (one: Publishing) => one.stream.cancel(),
      (one: Publishing) => one[Symbol.dispose](),
    ]) {
      const publishing = new Publishing(address);
      for (let n = 0; n < 10; n += 1) publishing.send(n, event(`c${n}`));
      await eventually(async () => expect(await inFlight(app)).toBeGreaterThan(0));
      end(publishing);
      await eventually(() => expect(publishing.code).toBe(status.CANCELLED));
      publishing[Symbol.dispose]();
    }
    release();
    await eventually(async () => expect(await inFlight(app)).toBe(0));
    using other = new Publishing(address);
    other.send(1, event('fine'));
    await eventually(() => expect(other.outcomes).toMatchObject([{ accepted: { id: 'fine' } }]));
    // What it had sent was read, and so was made durable, once.
    expect(new Set(await idsOf(app)).size).toBe((await idsOf(app)).length);
  });

  it('keeps the deadline of its publisher', async () => {
    await using app = await StartedIngestion.start();
    using publishing = new Publishing(await app.grpc(), 'acme', { deadlineMs: 200 });
    publishing.send(1, event('in-time'));
    await eventually(() => expect(publishing.outcomes).toHaveLength(1));
    await eventually(() => expect(publishing.code).toBe(status.DEADLINE_EXCEEDED));
  });

  it('at a stop answers what it has read, then ends with UNAVAILABLE, and lets nobody in', async () => {
    await using app = await StartedIngestion.start();
    const address = await app.grpc();
    using publishing = new Publishing(address);
    const client = new GrpcClient(address, 'acme');
    const release = app.store.stall();
    publishing.send(1, event('last'));
    await eventually(async () => expect(await inFlight(app)).toBeGreaterThan(0));
    const one = await inFlight(app);
    const unary = client.call('IngestService', 'Publish', { event: event('last-too') });
    await eventually(async () => expect(await inFlight(app)).toBeGreaterThan(one));
    const drained = app.drain();
    const late = await client.call(
      'IngestService',
      'Publish',
      { event: event('late') },
      { deadlineMs: 2_000 },
    );
    expect(late.code).toBe(status.UNAVAILABLE);
    expect(publishing.code).toBeUndefined();
    release();
    await drained;
    expect((await unary).code).toBe(0);
    await eventually(() => expect(publishing.code).toBe(status.UNAVAILABLE));
    expect(publishing.outcomes).toMatchObject([{ sequence: 1, accepted: { id: 'last' } }]);
    expect((await idsOf(app)).sort()).toEqual(['last', 'last-too']);
    client.close();
  });
});
