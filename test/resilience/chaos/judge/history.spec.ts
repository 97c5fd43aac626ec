import { describe, expect, it } from '@jest/globals';
import type { EndpointFact, Outcome } from '#domain';
import { plannedEvent } from '../plan/load.ts';
import { planWorld } from '../plan/world.ts';
import { ChaosFacts } from './facts.ts';
import { historyProblems, type HistoryRows } from './history.ts';

const world = planWorld(7);
const event = plannedEvent(7, world, 1);
const endpoint = 'wh_1';
const ends = new Map([['outcomes/0', 5]]);

const known = (): ChaosFacts => {
  const facts = new ChaosFacts();
  const settings = { url: 'http://127.0.0.1:1/t/steady', events: [], description: '', headers: {} };
  const head = { endpointId: endpoint, tenantId: event.tenant, version: 1, at: 0 };
  const created = { ...head, type: 'endpoint.created', settings, secrets: [], active: true } as const;
  facts.control(0, created satisfies EndpointFact);
  facts.publishing(event, 1).acceptedAt = 1;
  facts.logged(event.id, 'hash', 1);
  facts.logged(event.id, 'hash', 1);
  const ref = { endpointId: endpoint, eventId: event.id, chain: 0, askedBy: 'event' };
  facts.outcome({ ref, attempt: 1, term: 1, decision: { kind: 'delivered' } } as unknown as Outcome, true);
  return facts;
};

const rows = (more: Partial<HistoryRows> = {}): HistoryRows => ({
  deliveries: [{ endpoint, event: event.id, status: 'delivered', chain: 0, attempt: 1 }],
  events: [{ id: event.id, duplicates: 1 }],
  unmatched: [],
  days: [{ endpoint, attempts: 1, delivered: 1, failed: 0 }],
  attempts: 1,
  positions: [{ place: 'outcomes/0', next: 5 }],
  ...more,
});

describe('the history after a run (P5)', () => {
  it('is as the log says', () => {
    expect(historyProblems(known(), rows(), ends)).toEqual([]);
  });

  it('follows the first outcome of an attempt that two owners made, whatever the second one says (R3)', () => {
    const facts = known();
    const ref = { endpointId: endpoint, eventId: event.id, chain: 1, askedBy: 'retry' };
    const kinds = [
      [1, 'retry'],
      [1, 'delivered'],
      [2, 'failed'],
    ] as const;
    for (const [attempt, kind] of kinds)
      facts.outcome({ ref, attempt, term: 1, decision: { kind } } as unknown as Outcome, true);
    const deliveries = [{ endpoint, event: event.id, status: 'failed', chain: 1, attempt: 2 }];
    const days = [{ endpoint, attempts: 3, delivered: 1, failed: 1 }];
    expect(historyProblems(facts, rows({ deliveries, days, attempts: 3 }), ends)).toEqual([]);
  });

  it('shows no request that came to be told of after another owner had said that there was none (R3)', () => {
    const facts = known();
    const ref = { endpointId: endpoint, eventId: event.id, chain: 1, askedBy: 'retry' };
    const told = (kind: string, wasSent: boolean) =>
      facts.outcome({ ref, attempt: 1, term: 1, decision: { kind } } as unknown as Outcome, wasSent);
    told('cancelled', false);
    told('retry', true);
    const deliveries = [{ endpoint, event: event.id, status: 'cancelled', chain: 1, attempt: 1 }];
    expect(historyProblems(facts, rows({ deliveries }), ends)).toEqual([]);
  });

  it.each<[string, Partial<HistoryRows>]>([
    ['a delivery is missing', { deliveries: [] }],
    [
      'a delivery is pending',
      { deliveries: [{ endpoint, event: event.id, status: 'pending', chain: 0, attempt: 1 }] },
    ],
    [
      'nobody knows of a delivery',
      {
        deliveries: [
          ...rows().deliveries,
          { endpoint, event: 'evt_other', status: 'delivered', chain: 0, attempt: 1 },
        ],
      },
    ],
    ['an event is missing', { events: [] }],
    ['a copy was not counted', { events: [{ id: event.id, duplicates: 0 }] }],
    ['an event is shown as unmatched', { unmatched: [{ id: event.id }] }],
    ['an attempt was counted twice', { days: [{ endpoint, attempts: 2, delivered: 1, failed: 0 }] }],
    ['an attempt is missing', { attempts: 0 }],
    ['a position lags', { positions: [{ place: 'outcomes/0', next: 4 }] }],
  ])('is not where %s', (_, wrong) => {
    expect(historyProblems(known(), rows(wrong), ends)).toHaveLength(1);
  });
});
