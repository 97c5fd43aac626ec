import type { ProcessReport } from '#log';
import { processIdentity, type ProcessActivity } from '#service';
import type { Ingestion } from '../../ingestion/src/create-ingestion.ts';
import type { Engine } from './engine.ts';

/** The parts of this process, as processes of their own would tell of themselves: nothing goes through the log for it. */
export function partsOf(
  { dispatcher, log, policies, projector }: Pick<Engine, 'dispatcher' | 'log' | 'policies' | 'projector'>,
  ingestion: Pick<Ingestion, 'waiting'>,
): () => Promise<readonly ProcessReport[]> {
  const none = { inFlight: null, stands: {} };
  const parts = (
    [
      ['admin', () => none],
      [
        'dispatcher',
        () => ({ inFlight: dispatcher.gauges().inFlight, stands: { dispatcher: dispatcher.backlog() } }),
      ],
      ['ingestion', () => ({ inFlight: ingestion.waiting, stands: {} })],
      [
        'projector',
        () => ({ inFlight: null, stands: { projections: projector.stands(), policies: policies.stands() } }),
      ],
    ] satisfies [string, () => ProcessActivity][]
  ).map(([role, activity]) => ({ identity: processIdentity(role), activity }));
  return async () =>
    parts.map(({ identity, activity }) => ({ ...identity, ...activity(), at: log.now(), isEnding: false }));
}
