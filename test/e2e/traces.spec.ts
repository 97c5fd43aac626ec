import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '#testkit';
import { CustomerServer } from '../support/customer-server.ts';
import type { EngineUnderTest } from '../support/engine-under-test.ts';
import { openEngine } from '../support/open-engine.ts';
import { attributesOf, TraceCollector } from '../support/trace-collector.ts';

const PARENT = '00f067aa0ba902b7';
const TRACED = '4bf92f3577b34da6a3ce929d0e0e4736';
const UNSAMPLED = '5bf92f3577b34da6a3ce929d0e0e4736';
const ERROR = 2;

describe('traces', () => {
  let engine: EngineUnderTest;
  const collector = new TraceCollector();
  // The first attempt of all fails, so that one delivery passes through a retry topic.
  const customer = new CustomerServer((_, nth) => (nth === 0 ? 503 : 200));

  beforeAll(async () => {
    engine = await openEngine('traces', {
      HYPERHOOK_PARTITIONS: '1',
      HYPERHOOK_TIME_SCALE: '0.01',
      HYPERHOOK_TRACES_URL: await collector.open(),
    });
    await engine.must('POST', '/tenants', { id: 'traced', name: 'T', contract: 'hyprwatch' });
    const url = `${await customer.open()}/path-token?key=query-token`;
    await engine.must('POST', '/webhooks?tenant=traced', { url });
    // Known to all processes: what follows is published without an echo of the control position.
    await engine.must('POST', '/events', anEvent('web-0'));
    await eventually(() => expect(customer.arrivals).toHaveLength(2), 20_000);
  }, 180_000);

  afterAll(async () => {
    await engine?.remove();
    await customer.close();
    await collector.close();
  }, 180_000);

  const anEvent = (hostname: string) => ({
    tenant: 'traced',
    type: 'host.online',
    data: { host_id: 'h_1', hostname, platform: 'linux' },
  });
  const publish = async (traceparent: string, body: unknown) => {
    const answer = await fetch(`${engine.urlFor('POST', '/events')}/api/v1/events`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${engine.rootKey}`,
        'content-type': 'application/json',
        traceparent,
      },
      body: JSON.stringify(body),
    });
    expect([answer.status, await answer.text()]).toMatchObject([202, expect.any(String)]);
  };

  it('goes from publishing over the retry topic to every attempt, a trace of its own where nobody began one', async () => {
    const own = await eventually(() => {
      const found = collector.spans.find(({ name }) => name === 'publish');
      expect(collector.of(found?.traceId ?? '', 'attempt')).toHaveLength(2);
      return found;
    }, 20_000);
    expect(own?.parentSpanId ?? '').toBe('');
    const [first, second] = collector.of(own?.traceId ?? '', 'attempt');
    expect([first?.parentSpanId, second?.parentSpanId]).toEqual([own?.spanId, own?.spanId]);
    expect(first?.status.code).toBe(ERROR);
    expect(attributesOf(first!)).toMatchObject({
      'http.request.method': 'POST',
      'http.response.status_code': 503,
      'error.type': '503',
      'hyperhook.tenant.id': 'traced',
      'hyperhook.attempt': 1,
      'hyperhook.outcome': 'retry',
      'server.address': '127.0.0.1',
    });
    expect(attributesOf(second!)).toMatchObject({
      'http.response.status_code': 200,
      'http.request.resend_count': 1,
      'hyperhook.outcome': 'delivered',
    });
    expect(second?.status.code).not.toBe(ERROR);
  }, 60_000);

  it('carries on the trace of the publisher, once for all events of a batch', async () => {
    await publish(`00-${TRACED}-${PARENT}-01`, [anEvent('web-1'), anEvent('web-2')]);
    await eventually(() => expect(collector.of(TRACED, 'attempt')).toHaveLength(2), 20_000);
    await eventually(() => expect(collector.of(TRACED, 'publish')).toHaveLength(1), 20_000);
    const [published] = collector.of(TRACED, 'publish');
    expect(published?.parentSpanId).toBe(PARENT);
    expect(attributesOf(published!)).toMatchObject({ 'messaging.batch.message_count': 2 });
    for (const attempt of collector.of(TRACED, 'attempt'))
      expect(attempt.parentSpanId).toBe(published?.spanId);
  }, 60_000);

  it('records nothing of what its publisher does not record, tells receivers nothing, and shows no URL', async () => {
    const before = customer.arrivals.length;
    await publish(`00-${UNSAMPLED}-${PARENT}-00`, anEvent('web-3'));
    await eventually(() => expect(customer.arrivals).toHaveLength(before + 1), 20_000);
    // What was recorded is sent before a process ends.
    await engine.stop();
    expect(collector.text).not.toContain(UNSAMPLED);
    for (const { headers } of customer.arrivals) expect(headers).not.toHaveProperty('traceparent');
    expect(collector.text).toContain('127.0.0.1');
    expect(collector.text).not.toMatch(/path-token|query-token|hh_root_/);
    expect([...collector.services].every((name) => name.startsWith('hyperhook-'))).toBe(true);
  }, 60_000);
});
