import { describe, expect, it } from '@jest/globals';
import type { Decision, DeliveryRef, Outcome } from '#domain';
import type { AttemptDetail } from '#log';
import { createLogger, createMetrics, type LogLevel } from '#platform';
import { dispatcherTelemetry } from './dispatcher-telemetry.ts';

const NOON = Date.UTC(2026, 10, 20, 12);
const ref: DeliveryRef = {
  deliveryId: '0b9c1f7e-3c55-5d0e-9a51-6f2a7c1d2e3f',
  tenantId: 'acme',
  endpointId: 'wh_1',
  eventId: 'evt_1',
  eventType: 'host.online',
  chain: 0,
  askedBy: 'event',
  eventOffset: 7,
  occurredAt: NOON,
  acceptedAt: NOON,
};
const SECRETS = ['s3cr3t-query', 'bearer-of-the-customer', 'a-body-of-a-stranger'];

const detail = (over: Partial<AttemptDetail>): AttemptDetail => ({
  startedAt: NOON + 20,
  durationMs: 30,
  requestHeaders: { authorization: `Bearer ${SECRETS[1]}` },
  url: `https://example.com/hook?token=${SECRETS[0]}`,
  status: 200,
  errorClass: null,
  message: null,
  responseHeaders: {},
  responseBody: Buffer.from(SECRETS[2] ?? '').toString('base64'),
  responseBytes: 20,
  responseTruncated: false,
  ...over,
});
const retry: Decision = { kind: 'retry', next: { attempt: 2, step: 1, dueAt: NOON + 60_000, hops: ['1m'] } };
const outcome = (decision: Decision, over: Partial<Outcome> = {}): Outcome => ({
  ref,
  attempt: 1,
  step: 0,
  term: 1,
  at: NOON + 50,
  decision,
  ...over,
});

function watched(level: LogLevel = 'info') {
  const lines: Record<string, unknown>[] = [];
  const texts: string[] = [];
  const destination = {
    write: (line: string) => {
      texts.push(line);
      lines.push(JSON.parse(line));
    },
  };
  const metrics = createMetrics({ process: false });
  const logger = createLogger({ name: 'test', level, destination });
  const contractOf = (id: string) => (id === 'acme' ? 'hyprwatch' : undefined);
  const signals = dispatcherTelemetry({ logger, metrics, now: () => NOON, contractOf });
  return { lines, texts, metrics, signals };
}

describe('what the dispatcher tells', () => {
  it('counts outcomes and attempts by contract, and times them', async () => {
    const { metrics, signals } = watched();
    signals.settled(outcome({ kind: 'delivered' }), detail({}));
    signals.settled(outcome({ kind: 'delivered' }, { attempt: 2 }), detail({ startedAt: NOON + 60_000 }));
    signals.settled(outcome(retry), detail({ status: 503 }));
    const blocked = detail({ status: null, errorClass: 'blocked_address' });
    signals.settled(outcome(retry, { ref: { ...ref, tenantId: 'gone' } }), blocked);
    signals.settled(outcome({ kind: 'cancelled', reason: 'endpoint_off' }), null);
    const text = await metrics.text();
    for (const line of [
      'hyperhook_outcomes_total{contract="hyprwatch",kind="delivered",asked_by="event"} 2',
      'hyperhook_outcomes_total{contract="hyprwatch",kind="cancelled",asked_by="event"} 1',
      'hyperhook_attempts_total{contract="hyprwatch",result="delivered",code_class="2xx"} 2',
      'hyperhook_attempts_total{contract="hyprwatch",result="refused",code_class="5xx"} 1',
      'hyperhook_attempts_total{contract="none",result="blocked_address",code_class="none"} 1',
      'hyperhook_egress_blocked_total{stage="connect"} 1',
      'hyperhook_attempt_duration_seconds_count{contract="hyprwatch"} 3',
      // To the answer, not to the start of the attempt.
      'hyperhook_end_to_end_seconds_sum{attempt="first"} 0.05',
      'hyperhook_end_to_end_seconds_sum{attempt="later"} 60.03',
    ])
      expect(text).toContain(line);
  });

  it('says what failed without being asked, with every id and what comes next, and nothing that may be secret', () => {
    const { lines, texts, signals } = watched();
    signals.settled(outcome({ kind: 'delivered' }), detail({}));
    signals.settled(outcome(retry), detail({ status: 503, message: 'no' }));
    signals.settled(
      outcome({ kind: 'failed', reason: 'attempts_exhausted', disables: true }, { attempt: 5 }),
      detail({ status: null, errorClass: 'timeout' }),
    );
    expect(lines).toHaveLength(2);
    expect(lines[0]).toMatchObject({
      level: 'info',
      msg: 'delivery.settled',
      delivery: ref.deliveryId,
      tenant: 'acme',
      endpoint: 'wh_1',
      event: 'evt_1',
      attempt: 1,
      status: 'pending',
      code: 503,
      ms: 30,
      next: { attempt: 2, dueAt: NOON + 60_000 },
    });
    expect(lines[1]).toMatchObject({ level: 'warn', status: 'failed', error: 'timeout', disables: true });
    for (const secret of SECRETS) expect(texts.join('')).not.toContain(secret);
    // The look can find them.
    expect(JSON.stringify(detail({}))).toContain(SECRETS[0]);
  });

  it('leaves lines out where too many fail, and says how many; at the level debug it tells each', () => {
    const flood = (level: LogLevel) => {
      const { lines, signals } = watched(level);
      for (let n = 0; n < 50; n += 1) signals.settled(outcome(retry), detail({ status: 503 }));
      signals.settled(outcome(retry, { at: NOON + 2_000 }), detail({ status: 503 }));
      return lines;
    };
    const told = flood('info');
    expect(told).toHaveLength(21);
    expect(told.at(-1)).toMatchObject({ omitted: 30 });
    expect(flood('debug')).toHaveLength(51);
    expect(flood('error')).toHaveLength(0);
  });

  it('counts every alert, and writes a few lines a second of those of one kind', async () => {
    const { lines, metrics, signals } = watched();
    for (let partition = 0; partition < 12; partition += 1) signals.alert('append_refused', { partition });
    signals.alert('record_abandoned', { partition: 3 });
    expect(lines.map(({ msg }) => msg)).toEqual([
      ...Array<string>(5).fill('append_refused'),
      'record_abandoned',
    ]);
    expect(await metrics.text()).toContain('hyperhook_alerts_total{what="append_refused"} 12');
  });
});
