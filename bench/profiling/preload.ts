/**
 * Preloaded into a process of the engine (NODE_OPTIONS): writes down where its time goes, or what it allocates, at its
 * exit. SIGUSR2 begins anew, so that the warm-up is not in it. `--heap-prof` of Node would tell of what is still there
 * at the end; the work that collected objects make for the collector is what matters here.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { Session } from 'node:inspector';
import { basename, dirname, join } from 'node:path';
import type { ProfilingOrder } from './profiling-order.ts';

const { cpu, heap } = JSON.parse(process.env['BENCH_PROFILING'] ?? '{}') as ProfilingOrder;
const BYTES_BETWEEN_SAMPLES = 32 * 1_024;
const MICROS_BETWEEN_SAMPLES = 500;

const session = new Session();
session.connect();

function begin(): void {
  if (cpu !== undefined) {
    session.post('Profiler.enable');
    session.post('Profiler.setSamplingInterval', { interval: MICROS_BETWEEN_SAMPLES });
    session.post('Profiler.start');
  }
  if (heap !== undefined) {
    session.post('HeapProfiler.startSampling', {
      samplingInterval: BYTES_BETWEEN_SAMPLES,
      includeObjectsCollectedByMajorGC: true,
      includeObjectsCollectedByMinorGC: true,
    });
  }
}

function end(keep: (folder: string, suffix: string, profile: object) => void): void {
  // Within one thread the answer comes before `post` returns.
  if (cpu !== undefined) {
    session.post('Profiler.stop', (_, told) => keep(cpu, 'cpuprofile', told.profile));
  }
  if (heap !== undefined) {
    session.post('HeapProfiler.stopSampling', (_, told) => keep(heap, 'heapprofile', told.profile));
  }
}

begin();
process.on('SIGUSR2', () => {
  end(() => {});
  begin();
});
process.on('exit', () =>
  end((folder, suffix, profile) => {
    mkdirSync(folder, { recursive: true });
    const app = basename(dirname(process.argv[1] ?? 'node'));
    writeFileSync(join(folder, `${app}-${process.pid}.${suffix}`), JSON.stringify(profile));
  }),
);
