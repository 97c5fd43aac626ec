import type { ControlEntry, ControlFact } from '#domain';
import { Refused, type ProblemCode } from '#http-edge';
import type { LogRecord } from '#log';
import { partitionOf } from '#log';
import { eventually } from '#testkit';
import { afterEach, describe, expect, it } from '@jest/globals';
import type { Readable } from 'node:stream';
import { FakeHistory } from '../../fixtures/fake-history.ts';
import { LiveHub, type LivePaces } from './live-hub.ts';

const PARTITIONS = 4;
const paces: LivePaces = { changes: 5, stats: 5, heartbeat: 60_000, patience: 60_000, farewell: 50 };
const all = { webhooks: true, deliveries: true, replays: true };
const none = { webhooks: false, deliveries: false, replays: false };

/** Two tenants of different partitions, and one who shares the first's. */
const [acme, other] = ['acme', 'other-1', 'other-2', 'other-3', 'other-4'].filter(
  (id, _, [first = '']) => id === first || partitionOf(id, PARTITIONS) !== partitionOf(first, PARTITIONS),
) as [string, string];
const neighbour = Array.from({ length: 99 }, (_, n) => `near-${n}`).find(
  (id) => partitionOf(id, PARTITIONS) === partitionOf(acme, PARTITIONS),
) as string;

class FakeControl {
  readonly listeners = new Set<(record: LogRecord, entry: ControlEntry) => void>();

  onApplied(listener: (record: LogRecord, entry: ControlEntry) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  tell(fact: Partial<ControlFact> & { readonly type: ControlFact['type'] }): void {
    for (const listener of this.listeners)
      listener({} as LogRecord, { factId: 'f', actor: 'a', fact: fact as ControlFact });
  }
}

class CountingHistory extends FakeHistory {
  looks = 0;
  markedFor: readonly string[] = [];

  override deliveriesReached = async () => {
    this.looks += 1;
    if (this.down) throw new Error('away');
    return new Map(this.reached);
  };

  override deliveryMarks = async (tenantIds: readonly string[]) => {
    this.markedFor = tenantIds;
    return new Map(tenantIds.map((id) => [id, this.marks.get(id) ?? '']));
  };
}

describe('the hub of live streams', () => {
  const hubs: LiveHub[] = [];
  afterEach(async () => {
    for (const hub of hubs.splice(0)) await hub.stop();
  });

  const make = (more: Partial<ConstructorParameters<typeof LiveHub>[0]> = {}) => {
    const control = new FakeControl();
    const history = new CountingHistory();
    let statsAsked = 0;
    const hub = new LiveHub({
      control,
      history,
      stats: async () => ({ asked: (statsAsked += 1) }),
      partitions: PARTITIONS,
      limits: { streams: 3, perKey: 2 },
      logger: { warn: () => undefined, info: () => undefined },
      paces,
      ...more,
    });
    hubs.push(hub);
    return { hub, control, history, statsAsked: () => statsAsked };
  };

  /** Reads as it comes. */
  const read = (bytes: Readable) => {
    const seen = { text: '', isClosed: false, of: (event: string) => eventsIn(seen.text, event) };
    bytes.setEncoding('utf8');
    bytes.on('data', (chunk: string) => (seen.text += chunk));
    bytes.on('close', () => (seen.isClosed = true));
    bytes.on('error', () => undefined);
    return seen;
  };
  const eventsIn = (text: string, event: string): unknown[] =>
    [...text.matchAll(/^event: (\w+)\ndata: (.*)$/gm)]
      .filter(([, name]) => name === event)
      .map(([, , data]) => JSON.parse(data ?? '') as unknown);
  const listener = (
    tenantId: string | null,
    more: { wantsStats?: boolean; isStillGood?: () => boolean } = {},
  ) => ({
    tenantId,
    wantsStats: false,
    isStillGood: () => true,
    ...more,
  });
  const move = (history: FakeHistory, tenantId: string, mark: string) => {
    history.reached.set(partitionOf(tenantId, PARTITIONS), `outcomes${mark}`);
    history.marks.set(tenantId, mark);
  };
  const codeOf = (work: () => unknown): ProblemCode | 'nothing' => {
    try {
      work();
      return 'nothing';
    } catch (error) {
      if (error instanceof Refused) return error.code;
      throw error;
    }
  };

  it('tells whoever comes that everything may have changed, and then only what did', async () => {
    const { hub, history, control } = make();
    const seen = read(hub.open('k', listener(acme)));
    await eventually(() => expect(seen.of('changed')).toEqual([all]));
    expect(seen.text).toMatch(/^retry: \d+\n\n/);
    move(history, acme, '1');
    await eventually(() => expect(seen.of('changed').slice(1)).toEqual([{ ...none, deliveries: true }]));
    control.tell({ type: 'endpoint.updated', tenantId: acme });
    await eventually(() => expect(seen.of('changed').slice(2)).toEqual([{ ...none, webhooks: true }]));
    control.tell({ type: 'replay.advanced', tenantId: acme });
    await eventually(() => expect(seen.of('changed').slice(3)).toEqual([{ ...none, replays: true }]));
  });

  it('tells nobody of what is another tenant’s, of its own partition or not', async () => {
    const { hub, history, control } = make();
    const mine = read(hub.open('k', listener(acme)));
    const everybody = read(hub.open('root', listener(null)));
    await eventually(() => expect([mine.of('changed'), everybody.of('changed')]).toEqual([[all], [all]]));
    // The first move of a partition finds a tenant without a mark.
    move(history, acme, '1');
    await eventually(() => expect(mine.of('changed')).toHaveLength(2));
    move(history, other, '1');
    move(history, neighbour, '2');
    control.tell({ type: 'endpoint.updated', tenantId: other });
    await eventually(() => expect(everybody.of('changed').length).toBeGreaterThan(2));
    expect(history.markedFor).toEqual([acme]);
    control.tell({ type: 'replay.advanced', tenantId: acme });
    await eventually(() => expect(mine.of('changed').slice(2)).toEqual([{ ...none, replays: true }]));
  });

  it('tells together what comes together', async () => {
    const { hub, history, control } = make({ paces: { ...paces, changes: 60 } });
    const seen = read(hub.open('k', listener(acme)));
    await eventually(() => expect(seen.of('changed')).toEqual([all]));
    for (let n = 0; n < 50; n += 1) {
      control.tell({ type: 'endpoint.updated', tenantId: acme });
      control.tell({ type: 'replay.advanced', tenantId: acme });
    }
    await eventually(() =>
      expect(seen.of('changed').slice(1)).toEqual([{ ...none, webhooks: true, replays: true }]),
    );
    expect(history.looks).toBeGreaterThan(0);
  });

  it('asks nothing while nobody listens, and one question for all who do', async () => {
    const { hub, history, control, statsAsked } = make();
    expect([control.listeners.size, history.looks]).toEqual([0, 0]);
    const one = hub.open('a', listener(acme));
    const two = hub.open('b', listener(other));
    const seen = [read(one), read(two)];
    await eventually(() => expect(seen.map((each) => each.of('changed').length)).toEqual([1, 1]));
    expect(statsAsked()).toBe(0);
    one.destroy();
    two.destroy();
    await eventually(() => expect([hub.size, control.listeners.size]).toEqual([0, 0]));
    const { looks } = history;
    const again = read(hub.open('a', listener(acme)));
    await eventually(() => expect(again.of('changed')).toEqual([all]));
    // One that was under way may have ended meanwhile.
    expect(history.looks - looks).toBeLessThan(10);
  });

  it('tells stats to those who asked for them, from one question', async () => {
    const { hub, statsAsked } = make();
    const plain = read(hub.open('a', listener(null)));
    const wanting = [1, 2].map((n) => read(hub.open(`b${n}`, listener(null, { wantsStats: true }))));
    await eventually(() => {
      for (const each of wanting) expect(each.of('stats').length).toBeGreaterThan(3);
    });
    expect(plain.of('stats')).toEqual([]);
    const [one = [], two = []] = wanting.map((each) => each.of('stats') as { asked: number }[]);
    expect(one.some(({ asked }) => two.some((each) => each.asked === asked))).toBe(true);
    expect(statsAsked()).toBeLessThan(one.length + two.length + 10);
  });

  it('refuses those beyond what it may hold, of one key and of all, and gives a place back when one goes', async () => {
    const { hub } = make();
    const first = hub.open('a', listener(acme));
    hub.open('a', listener(acme));
    expect(codeOf(() => hub.open('a', listener(acme)))).toBe('too_many_requests');
    hub.open('b', listener(acme));
    expect(codeOf(() => hub.open('c', listener(acme)))).toBe('too_many_requests');
    first.destroy();
    await eventually(() => expect(hub.size).toBe(2));
    expect(codeOf(() => hub.open('c', listener(acme)))).toBe('nothing');
  });

  it('ends a stream whose credential is good no more: at once where a fact says so, soon where time does', async () => {
    const { hub, control } = make({ limits: { streams: 9, perKey: 9 } });
    let isGood = true;
    const isStillGood = () => isGood;
    const seen = read(hub.open('k', listener(acme, { isStillGood })));
    await eventually(() => expect(seen.of('changed')).toEqual([all]));
    isGood = false;
    control.tell({ type: 'key.revoked', tenantId: acme } as never);
    await eventually(() =>
      expect([seen.isClosed, seen.of('end')]).toEqual([true, [{ reason: 'credential' }]]),
    );
    const late = read(hub.open('k', listener(acme, { isStillGood })));
    await eventually(() =>
      expect([late.isClosed, late.of('end')]).toEqual([true, [{ reason: 'credential' }]]),
    );
    expect(late.of('changed')).toEqual([]);
    expect(hub.size).toBe(0);
  });

  it('keeps a message or two for a slow reader, and cuts off one that takes nothing', async () => {
    const { hub, control } = make({ paces: { ...paces, patience: 40 } });
    const bytes = hub.open('k', listener(acme));
    let mostWaiting = 0;
    let isClosed = false;
    bytes.on('close', () => (isClosed = true));
    await eventually(() => {
      control.tell({ type: 'endpoint.updated', tenantId: acme });
      mostWaiting = Math.max(mostWaiting, bytes.readableLength);
      expect(isClosed).toBe(true);
    });
    expect(mostWaiting).toBeLessThan(300);
    expect(hub.size).toBe(0);
  });

  it('beats where nothing happens', async () => {
    const { hub } = make({ paces: { ...paces, heartbeat: 20 } });
    const seen = read(hub.open('k', listener(acme)));
    await eventually(() => expect(seen.text.match(/^: still here$/gm)?.length).toBeGreaterThan(2));
    expect(seen.of('changed')).toEqual([all]);
  });

  it('keeps streams while the database is away, and finds afterwards what was missed', async () => {
    const { hub, history, control } = make();
    history.down = true;
    const seen = read(hub.open('k', listener(acme)));
    await eventually(() => expect(seen.of('changed')).toEqual([all]));
    control.tell({ type: 'endpoint.updated', tenantId: acme });
    await eventually(() => expect(seen.of('changed').slice(1)).toEqual([{ ...none, webhooks: true }]));
    move(history, acme, '1');
    history.down = false;
    await eventually(() => expect(seen.of('changed').slice(2)).toEqual([{ ...none, deliveries: true }]));
  });

  it('says goodbye at a stop, lets nobody in, and waits for no reader', async () => {
    const { hub } = make();
    const seen = read(hub.open('k', listener(acme)));
    hub.open('deaf', listener(acme));
    await eventually(() => expect(seen.of('changed')).toEqual([all]));
    await hub.stop();
    expect(seen.of('end')).toEqual([{ reason: 'stopping' }]);
    expect(hub.size).toBeLessThan(2);
    expect(codeOf(() => hub.open('k', listener(acme)))).toBe('unavailable');
    await eventually(() => expect(hub.size).toBe(0));
  });
});
