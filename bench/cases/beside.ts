import { setTimeout as delay } from 'node:timers/promises';
import { LoadPeer } from '../peers.ts';
import { FILLER } from './publish-and-deliver.ts';
import type { Stage } from './stage.ts';

export interface Neighbour {
  readonly key: string;
  readonly type: string;
  /** Events a second. */
  readonly rate: number;
  /** Before anything is measured. */
  readonly settledMs: number;
}

/** Numbers that no measured event has. */
const NUMBERS_FROM = 1_000_000;
/** More than any case needs. */
const REQUESTS = 1_000_000;
const CONNECTIONS = 4;

/** While a neighbour's events are published by a process of their own. They must not go to a path that the receiver counts. */
export async function beside<T>(
  { target }: Stage,
  { key, type, rate, settledMs }: Neighbour,
  measure: () => Promise<T>,
): Promise<T> {
  const load = new LoadPeer();
  try {
    const { host, port } = target;
    const order = { host, port, key, type, rate, batch: 1, requests: REQUESTS, filler: FILLER };
    // It goes on until its process is ended.
    load.run({ ...order, connections: CONNECTIONS, from: NUMBERS_FROM }).catch(() => {});
    await delay(settledMs);
    return await measure();
  } finally {
    load.stop();
  }
}
