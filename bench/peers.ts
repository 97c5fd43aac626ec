import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import type { LoadOrder, LoadReport } from './load-order.ts';
import type { Arrivals, Counts } from './receiver-process.ts';

function start(file: string): ChildProcess {
  return fork(new URL(file, import.meta.url), { serialization: 'advanced' });
}

async function answer<T>(peer: ChildProcess, message: object | string): Promise<T> {
  peer.send(message);
  const [said] = (await once(peer, 'message')) as [T];
  return said;
}

/** The customers' server. */
export class ReceiverPeer {
  readonly #process: ChildProcess;
  readonly url: string;

  private constructor(process: ChildProcess, port: number) {
    this.#process = process;
    this.url = `http://127.0.0.1:${port}`;
  }

  static async start(): Promise<ReceiverPeer> {
    const process = start('receiver-process.ts');
    const [{ port }] = (await once(process, 'message')) as [{ port: number }];
    return new ReceiverPeer(process, port);
  }

  count(): Promise<Counts> {
    return answer(this.#process, 'count');
  }

  report(): Promise<Arrivals> {
    return answer(this.#process, 'report');
  }

  async reset(): Promise<void> {
    await answer(this.#process, 'reset');
  }

  /** Resolves once so many first requests came and were answered 2xx; throws, with how many there were, where it takes too long. */
  async received(wanted: Counts, withinMs = 120_000): Promise<void> {
    const deadline = performance.now() + withinMs;
    for (;;) {
      const { first, delivered } = await this.count();
      if (first >= wanted.first && delivered >= wanted.delivered) return;
      if (performance.now() > deadline) {
        throw new Error(
          `${first} of ${wanted.first} came, ${delivered} of ${wanted.delivered} were delivered`,
        );
      }
      await delay(20);
    }
  }

  stop(): void {
    this.#process.disconnect();
  }
}

/** The provider's backend. */
export class LoadPeer {
  readonly #process = start('load-process.ts');

  async run(order: LoadOrder): Promise<LoadReport> {
    const report = await answer<LoadReport | { readonly error: string }>(this.#process, order);
    if ('error' in report) throw new Error(report.error);
    return report;
  }

  stop(): void {
    this.#process.disconnect();
  }
}
