import { readFile } from 'node:fs/promises';
import type { AppProcess } from './app-process.ts';

const EVERY_MS = 250;
const SECOND_MS = 1_000;

/** What the processes write and weigh while they are watched. */
export class ProcessWatch {
  readonly lines: { readonly app: AppProcess; readonly at: number; readonly text: string }[] = [];
  readonly #most = new Map<AppProcess, number>();
  readonly #timer: NodeJS.Timeout;

  constructor(processes: readonly AppProcess[]) {
    for (const app of processes) {
      let rest = '';
      app.onStderr = (text) => {
        const lines = (rest + text).split('\n');
        rest = lines.pop() ?? '';
        for (const line of lines) this.lines.push({ app, at: Date.now(), text: line });
      };
    }
    this.#timer = setInterval(() => void Promise.all(processes.map((app) => this.#weigh(app))), EVERY_MS);
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  /** The second in which one process wrote most lines: which it was, and what it said. */
  busiest(): { readonly app: string; readonly lines: readonly string[] } {
    const seconds = Map.groupBy(this.lines, ({ app, at }) => `${app.pid} ${Math.floor(at / SECOND_MS)}`);
    const most = [...seconds.values()].reduce((a, b) => (b.length > a.length ? b : a), []);
    return { app: most[0]?.app.app ?? 'none', lines: most.map(({ text }) => text) };
  }

  /** Lines that say something of this kind, by the app that wrote them. */
  said(pattern: RegExp): readonly string[] {
    return this.lines.filter(({ text }) => pattern.test(text)).map(({ app, text }) => `${app.app}: ${text}`);
  }

  /** The most that a process of this app had resident, in MB; 0 where the system does not tell. */
  mostMb(app: string): number {
    return Math.max(0, ...[...this.#most].filter(([one]) => one.app === app).map(([, mb]) => mb));
  }

  async #weigh(app: AppProcess): Promise<void> {
    const status = await readFile(`/proc/${app.pid}/status`, 'utf8').catch(() => '');
    const mb = Number(/^VmRSS:\s+(\d+) kB/m.exec(status)?.[1] ?? 0) / 1_024;
    this.#most.set(app, Math.max(mb, this.#most.get(app) ?? 0));
  }
}
