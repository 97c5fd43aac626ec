import type { StagedCase } from './case.ts';
import { EVENT_TYPE, FILLER } from './publish-and-deliver.ts';
import { CONNECTIONS } from './stage.ts';

const REQUESTS = 100_000;

/** Whether load and receiver could be what limits: the one drives the other, and nothing stands between. */
export const peersAlone: StagedCase = {
  name: 'peers',
  title: 'load against receiver, without an engine between them',
  async run({ peers: { load, receiver }, options: { runs } }) {
    const { hostname, port } = new URL(receiver.url);
    const rates: number[] = [];
    for (let run = 0; run < runs; run += 1) {
      await receiver.reset();
      const { sentAt, acceptedAt } = await load.run({
        host: hostname,
        port: Number(port),
        key: 'none',
        type: EVENT_TYPE,
        requests: REQUESTS,
        batch: 1,
        connections: CONNECTIONS,
        rate: null,
        filler: FILLER,
        from: 0,
      });
      const last = acceptedAt.reduce((most, at) => Math.max(most, at), 0);
      rates.push(Math.round((REQUESTS * 1e6) / (last - (sentAt[0] ?? Number.NaN))));
    }
    return {
      case: 'peers',
      title: peersAlone.title,
      rate: null,
      engine: [],
      bareLoop: [],
      figures: [{ name: 'requests', unit: '/s', values: rates }],
    };
  },
};
