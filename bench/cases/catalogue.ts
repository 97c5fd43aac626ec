import type { Case } from './case.ts';
import { shaped } from './shaped.ts';

/** Of the contract that the benchmarks' tenants have. */
const FIRST_RETRY_MS = 16_000;

export const cases: readonly Case[] = [
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
];
