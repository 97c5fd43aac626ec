import { busyNeighbour } from './busy-neighbour.ts';
import type { Case } from './case.ts';
import { hanging } from './hanging.ts';
import { idle } from './idle.ts';
import { kills } from './kills.ts';
import { manyEndpoints } from './many-endpoints.ts';
import { memory } from './memory.ts';
import { publish } from './publish.ts';
import { peersAlone } from './peers-alone.ts';
import { FIRST_RETRY_MS } from './publish-and-deliver.ts';
import { shaped } from './shaped.ts';
import { waiting } from './waiting.ts';

export const cases: readonly Case[] = [
  memory,
  idle,
  shaped({ name: 'saturated', title: 'one event a request, as fast as they are answered' }),
  shaped({ name: 'batch', title: '100 events a request, as fast as they are answered', batch: 100 }),
  shaped({ name: 'low-rate', title: '200 events a second', rate: 200 }),
  shaped({ name: 'fan-out-10', title: 'each event to 10 endpoints', fanOut: 10 }),
  shaped({ name: 'fan-out-50', title: 'each event to 50 endpoints', fanOut: 50 }),
  shaped({
    name: 'failing',
    title: 'one delivery in five is answered 500 first, and retried after 16 s',
    path: '/fifth',
    refused: { every: 5, retryMs: FIRST_RETRY_MS },
  }),
  hanging,
  busyNeighbour,
  peersAlone,
  publish,
  waiting,
  manyEndpoints,
  kills,
];
