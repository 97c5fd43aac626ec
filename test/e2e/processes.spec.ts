import { eventually } from '#testkit';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { EngineUnderTest } from '../support/engine-under-test.ts';
import { openEngine } from '../support/open-engine.ts';

interface Shown {
  readonly data: readonly { readonly role: string; readonly partitions: readonly number[] }[];
  readonly lag: readonly { readonly group: string; readonly topic: string; readonly records: number }[];
}

describe('the processes of an engine', () => {
  let engine: EngineUnderTest;

  beforeAll(async () => {
    engine = await openEngine('processes');
  }, 180_000);
  afterAll(() => engine?.remove(), 180_000);

  it('are shown with their partitions, and with the lag that their metrics tell', async () => {
    // A projector is in several groups, and comes into one after the other.
    await eventually(async () => {
      const { data, lag } = await engine.must<Shown>('GET', '/processes');
      expect(data.map(({ role }) => role)).toEqual(['admin', 'dispatcher', 'ingestion', 'projector']);
      for (const { role, partitions } of data) {
        const owns = role === 'dispatcher' || role === 'projector';
        expect([role, partitions.length > 0]).toEqual([role, owns]);
      }
      const groups = new Set(lag.map(({ group }) => group));
      expect([...groups].toSorted()).toEqual(['dispatcher', 'policies', 'projections']);
    }, 60_000);

    // Nothing is published, so both stand still, and at the same figure.
    await eventually(async () => {
      const { lag } = await engine.must<Shown>('GET', '/processes');
      const texts = await Promise.all(
        Object.values(engine.urls).map(async (url) => (await fetch(`${url}/metrics`)).text()),
      );
      for (const { group, topic, records } of lag) {
        const line = `hyperhook_consumer_lag_records{group="${group}",topic="${topic}"} ${records}`;
        expect(texts.some((text) => text.includes(line))).toBe(true);
      }
    });
  }, 120_000);
});
