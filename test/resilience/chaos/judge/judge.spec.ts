import { describe, expect, it } from '@jest/globals';
import type { Decision, EndpointFact, Outcome } from '#domain';
import { planWorld } from '../plan/world.ts';
import { plannedEvent, type PlannedEvent } from '../plan/load.ts';
import { ChaosFacts, type Received } from './facts.ts';
import { judge } from './judge.ts';

const world = planWorld(7);
const tenantOf = (contract: string): string => world.find((one) => one.contract === contract)?.id ?? '';
const leap = tenantOf('hyperleap');
const watch = tenantOf('hyprwatch');
const retry: Decision = { kind: 'retry', next: { attempt: 2, step: 1, dueAt: 0, hops: [] } };
const failed: Decision = { kind: 'failed', reason: 'attempts_exhausted', disables: false };
const PID = 4_711;

/** A run of one event for one endpoint, in which all went well unless a test says otherwise. */
class Run {
  readonly facts = new ChaosFacts();
  readonly tenant: string;
  readonly event: PlannedEvent;
  #version = 0;

  constructor(tenant = leap) {
    this.tenant = tenant;
    const drawn = plannedEvent(7, world, 1);
    this.event = { ...drawn, tenant, type: 'any' };
    const settings = { url: `http://127.0.0.1:1/${tenant}/steady`, events: [], description: '', headers: {} };
    this.control(0, { type: 'endpoint.created', settings, secrets: [], active: true });
  }

  control(offset: number, fact: object): void {
    this.#version += 1;
    const head = { endpointId: 'wh_1', tenantId: this.tenant, version: this.#version, at: 0 };
    this.facts.control(offset, { ...head, ...fact } as EndpointFact);
  }

  publish(): this {
    this.facts.publishing(this.event, 1).acceptedAt = 1;
    return this;
  }

  log(hash = 'body', copy = 1): this {
    this.facts.logged(this.event.id, hash, copy);
    return this;
  }

  request(more: Partial<Received> = {}): this {
    this.facts.received({
      path: `/${this.tenant}/steady`,
      event: this.event.id,
      at: 1,
      by: PID,
      kind: 'ok',
      bodyHash: 'body',
      copy: 1,
      ...more,
    });
    return this;
  }

  outcome(attempt: number, decision: Decision, term = 1, chain = 0): this {
    const ref = {
      deliveryId: 'd',
      tenantId: this.tenant,
      endpointId: 'wh_1',
      eventId: this.event.id,
      eventType: 'any',
      chain,
      askedBy: chain === 0 ? 'event' : 'release',
      eventOffset: 0,
      occurredAt: 0,
      acceptedAt: 0,
    } as const;
    const outcome: Outcome = { ref, attempt, step: 0, term, at: 0, decision };
    this.facts.outcome(outcome, ['delivered', 'retry', 'failed'].includes(decision.kind));
    return this;
  }

  inFlight(pid: number): number {
    return this.facts.noteInFlight(this.facts.lastSentBy(pid)());
  }

  get verdict() {
    return judge(this.facts, world);
  }

  /** The promises that are broken, each once. */
  get broken(): string {
    return [...new Set(this.verdict.broken.map(({ promise }) => promise))].join();
  }
}

const delivered: Decision = { kind: 'delivered' };

describe('the judge of a chaotic run', () => {
  it('finds nothing wrong where each event was delivered once', () => {
    const { verdict } = new Run().publish().log().request().outcome(1, delivered);
    expect(verdict).toEqual({
      accepted: 1,
      delivered: 1,
      lost: 0,
      duplicated: 0,
      bound: 0,
      ends: { delivered: 1 },
      broken: [],
    });
  });

  it('finds an event that was accepted and is not in the log', () => {
    const run = new Run().publish();
    expect(run.verdict.lost).toBe(2);
    expect(run.broken).toBe('P1,P2');
  });

  it('finds a delivery that never was, and one that is pending', () => {
    const never = new Run().publish().log();
    expect([never.verdict.lost, never.broken]).toEqual([2, 'P2']);
    const pending = new Run().publish().log().request({ kind: 'error' }).outcome(1, retry);
    expect([pending.verdict.lost, pending.broken]).toEqual([1, 'P2']);
    const asked = new Run().publish().log().request().outcome(1, delivered);
    asked.facts.asked('wh_1', asked.event.id, 9, 'replay');
    expect([asked.verdict.lost, asked.broken]).toEqual([1, 'P2']);
  });

  it('says what is known of what is wrong', () => {
    const { broken } = new Run().publish().log().request({ kind: 'error' }).outcome(1, retry).verdict;
    expect(broken[0]?.what).toMatch(
      /^evt_0+1 to \/chaos\d+\/steady \(wh_1\): chain 0 has no end: pending; requests error 1 by 4711; log chain 0/,
    );
  });

  it('expects no delivery of who did not want it, or was not there', () => {
    const off = new Run().publish().log();
    off.control(5, { type: 'endpoint.turned-off', heldFrom: null });
    off.facts.publishing(off.event, 1).unmatched = true;
    expect(off.verdict).toMatchObject({ lost: 0, broken: [] });
  });

  it('counts what was in flight to an endpoint of which the log had not told yet', () => {
    const run = new Run().publish().log();
    const path = `/${run.tenant}/new`;
    run.request({ path, kind: 'error' });
    const lastSent = run.facts.lastSentBy(PID);
    const settings = { url: `http://127.0.0.1:1${path}`, events: [], description: '', headers: {} };
    const created = { type: 'endpoint.created', settings, secrets: [], active: true };
    run.control(1, { ...created, endpointId: 'wh_2', version: 1 });
    expect(run.facts.noteInFlight(lastSent())).toBe(1);
    expect(run.verdict.bound).toBe(1);
  });

  it('tells a request in flight at a kill from one that nothing excuses', () => {
    const twice = () => new Run().publish().log().request({ kind: 'error' });
    const excused = twice();
    expect(excused.inFlight(PID)).toBe(1);
    excused.request({ by: 1 }).outcome(1, delivered);
    expect(excused.verdict).toMatchObject({ duplicated: 1, bound: 1, broken: [] });
    const notExcused = twice().request({ by: 1 }).outcome(1, delivered);
    expect(notExcused.verdict).toMatchObject({ duplicated: 1, bound: 0 });
    expect(notExcused.broken).toBe('P4');
    const another = twice();
    expect(another.inFlight(1)).toBe(0);
  });

  it('does not excuse a third request by one kill', () => {
    const run = new Run().publish().log().request();
    run.inFlight(PID);
    run.request({ by: 1 }).request({ by: 1 }).outcome(1, delivered);
    expect(run.verdict).toMatchObject({ duplicated: 2, bound: 1 });
    expect(run.broken).toBe('P4');
  });

  it('finds a body that changed, between attempts or since the log', () => {
    const between = new Run().publish().log().request({ kind: 'error' }).outcome(1, retry);
    between.request({ bodyHash: 'other' }).outcome(2, delivered);
    expect(between.broken).toBe('P7');
    const since = new Run().publish().log('logged').request().outcome(1, delivered);
    expect(since.broken).toBe('P7');
  });

  it('finds the second content of an event delivered in place of the first', () => {
    const run = new Run().publish().log('body', 2).request({ copy: 2 }).outcome(1, delivered);
    expect(run.broken).toBe('P10');
  });

  it('finds what is delivered by the log alone', () => {
    const run = new Run().publish().log().request({ kind: 'error' }).outcome(1, delivered);
    expect(run.broken).toBe('P2');
  });

  it('holds failed deliveries to the schedule of their contract', () => {
    const early = new Run().publish().log().request({ kind: 'error' }).outcome(1, failed);
    expect(early.broken).toBe('P3');
    const full = new Run().publish().log();
    for (const attempt of [1, 2, 3, 4]) {
      full.request({ kind: 'error' }).outcome(attempt, attempt === 4 ? failed : retry);
    }
    expect(full.verdict.broken).toEqual([]);
    full.request({ kind: 'error' }).outcome(5, failed);
    expect(full.broken).toBe('P3');
  });

  it('finds a hole between attempts', () => {
    const run = new Run().publish().log().request({ kind: 'error' }).outcome(1, retry);
    expect(run.request().outcome(3, delivered).broken).toBe('P3');
  });

  it('takes the first end of a chain, and expects none of another kind than the contract knows', () => {
    const first = new Run().publish().log().request().outcome(1, delivered).outcome(1, { kind: 'expired' });
    expect(first.verdict).toMatchObject({ ends: { delivered: 1 }, broken: [] });
    const expired = new Run().publish().log().outcome(1, { kind: 'expired' });
    expect(expired.broken).toBe('P3');
    const gone = new Run().publish().log().request({ kind: 'error' });
    expect(gone.outcome(1, { kind: 'failed', reason: 'gone', disables: true }).broken).toBe('P3,P6');
  });

  it('finds an endpoint that its last failure did not disable', () => {
    const run = new Run(watch).publish().log();
    for (const attempt of [1, 2, 3, 4, 5]) {
      const disables: Decision = { ...failed, disables: true };
      run.request({ kind: 'error' }).outcome(attempt, attempt === 5 ? disables : retry);
    }
    expect(run.broken).toBe('P6');
    run.control(7, { type: 'endpoint.failed', term: 1, reason: 'attempts_exhausted', cause: {} });
    expect(run.verdict.broken).toEqual([]);
  });

  it('finds what is held for no reason, or was forgotten by a release', () => {
    const held = () => new Run(watch).publish().log().outcome(1, { kind: 'held' });
    expect(held().broken).toBe('P6');
    const disabled = held();
    const heldFrom = { partition: 0, offset: 0 };
    disabled.control(7, { type: 'endpoint.failed', term: 1, reason: 'gone', cause: heldFrom });
    expect(disabled.verdict).toMatchObject({ ends: { held: 1 }, broken: [] });
    disabled.control(8, { type: 'endpoint.enabled', term: 2, held: 'release', heldFrom });
    expect(disabled.broken).toBe('P6');
    disabled.request().outcome(1, delivered, 2, 8);
    expect(disabled.verdict).toMatchObject({ ends: { delivered: 1 }, broken: [] });
  });

  it('finds what is cancelled though nobody asked for that', () => {
    for (const reason of ['endpoint_deleted', 'endpoint_off', 'tenant_deleted'] as const) {
      const run = new Run().publish().log().outcome(1, { kind: 'cancelled', reason });
      expect(run.broken).toBe('P3');
    }
    const discarded = new Run().publish().log().outcome(1, { kind: 'cancelled', reason: 'discarded' });
    expect(discarded.broken).toBe('P6');
  });

  it('finds requests of events that nobody published, and to endpoints that are not there', () => {
    expect(new Run().request().outcome(1, delivered).broken).toBe('P10');
    expect(new Run().request({ path: '/nowhere' }).broken).toBe('P4');
  });

  it('holds quarantine against what was poisoned', () => {
    const run = new Run();
    run.facts.poisoned.add('events/0/1');
    expect(run.broken).toBe('P9');
    run.facts.quarantined.add('events/0/1');
    expect(run.verdict.broken).toEqual([]);
    run.facts.quarantined.add('events/0/2');
    expect(run.broken).toBe('P9');
  });

  it('passes on what was seen on the way', () => {
    const run = new Run();
    run.facts.complain('signature', 'wrong');
    expect(run.broken).toBe('signature');
  });
});
