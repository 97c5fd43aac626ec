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
});
