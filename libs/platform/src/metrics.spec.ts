import { describe, expect, it } from '@jest/globals';
import { createMetrics } from './metrics.ts';

describe('metrics', () => {
  it('come out in the text format of Prometheus', async () => {
    const metrics = createMetrics({ process: false });
    metrics.counter('hyperhook_attempts_total', 'Attempts.', ['result']).add({ result: 'ok' });
    metrics.counter('hyperhook_attempts_total', 'Attempts.', ['result']).add({ result: 'ok' }, 2);
    metrics.gauge('hyperhook_backlog', 'Waiting.').set(7);
    metrics.gaugeOf('hyperhook_lanes', 'Lanes.', () => 4);
    metrics.histogram('hyperhook_attempt_seconds', 'Duration.', { buckets: [0.1, 1] }).observe(0.5);
    const text = await metrics.text();
    expect(text).toContain('hyperhook_attempts_total{result="ok"} 3');
    expect(text).toContain('hyperhook_backlog 7');
    expect(text).toContain('hyperhook_lanes 4');
    expect(text).toContain('hyperhook_attempt_seconds_bucket{le="1"} 1');
    expect(metrics.contentType).toContain('text/plain');
  });

  it('belong to their own registry, and tell of the process', async () => {
    createMetrics({ process: false }).gauge('hyperhook_only_here', 'x').set(1);
    const other = await createMetrics().text();
    expect(other).not.toContain('hyperhook_only_here');
    expect(other).toContain('process_cpu_seconds_total');
  });

  it('keep their kind', () => {
    const metrics = createMetrics({ process: false });
    metrics.counter('hyperhook_x', 'x');
    expect(() => metrics.gauge('hyperhook_x', 'x')).toThrow('exists already as another kind');
  });

  it('count hot series as plain numbers, and tell them once, at the scrape', async () => {
    const metrics = createMetrics({ process: false });
    const counter = metrics.counter('hyperhook_x_total', 'x', ['contract', 'kind']);
    counter.of('hyprwatch', 'delivered').add();
    counter.of('hyprwatch', 'delivered').add(2);
    counter.add({ contract: 'hyprwatch', kind: 'delivered' });
    counter.of('hyperleap', 'failed').add();
    for (const _ of [1, 2]) {
      const text = await metrics.text();
      expect(text).toContain('hyperhook_x_total{contract="hyprwatch",kind="delivered"} 4');
      expect(text).toContain('hyperhook_x_total{contract="hyperleap",kind="failed"} 1');
    }
  });

  it('read gauges of several readers, and leave out what is not told any more', async () => {
    const metrics = createMetrics({ process: false });
    const lags = new Map([['events', 3]]);
    metrics.gaugesOf('hyperhook_lag', 'x', ['topic'], async () =>
      [...lags].map(([topic, value]) => ({ labels: { topic }, value })),
    );
    metrics.gaugesOf('hyperhook_lag', 'x', ['topic'], () => [{ labels: { topic: 'outcomes' }, value: 5 }]);
    expect(await metrics.text()).toMatch(/topic="events"} 3\n.*topic="outcomes"} 5/);
    lags.clear();
    expect(await metrics.text()).not.toContain('events');
  });

  it('leave out what cannot be read now, and never ask twice at once', async () => {
    const metrics = createMetrics({ process: false });
    let asked = 0;
    const { promise, resolve } = Promise.withResolvers<readonly never[]>();
    metrics.gaugesOf('hyperhook_broken', 'x', [], () => {
      throw new Error('away');
    });
    metrics.gaugesOf('hyperhook_slow', 'x', [], () => {
      asked += 1;
      return promise;
    });
    metrics.gauge('hyperhook_well', 'x').set(1);
    const first = metrics.text();
    const second = await metrics.text();
    expect(asked).toBe(1);
    resolve([]);
    for (const text of [await first, second]) {
      expect(text).toContain('hyperhook_well 1');
      expect(text).not.toMatch(/^hyperhook_(broken|slow)/m);
    }
    await metrics.text();
    expect(asked).toBe(2);
  });

  it('say what they are', () => {
    const metrics = createMetrics();
    metrics.counter('hyperhook_x_total', 'Of x.', ['contract']);
    metrics.counter('hyperhook_x_total', 'Of x.', ['contract']);
    metrics.gaugeOf('hyperhook_y', 'Of y.', () => 1);
    expect(metrics.described).toEqual([
      { name: 'hyperhook_x_total', kind: 'counter', help: 'Of x.', labels: ['contract'] },
      { name: 'hyperhook_y', kind: 'gauge', help: 'Of y.', labels: [] },
    ]);
  });
});
