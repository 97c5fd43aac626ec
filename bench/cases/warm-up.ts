import { costByRole } from '../machine/process-cost.ts';
import { publishAndDeliver } from './publish-and-deliver.ts';
import { CONNECTIONS, type Stage } from './stage.ts';

const FIRST = 10_000;

/**
 * Until code is compiled and files are there: the rates of the first 20,000 deliveries are lower by a third, and the broker's
 * compiler takes a core's third until some 60,000 are made. After the first 10,000, what the engine's processes hold is noted.
 */
export async function warmUp(stage: Stage): Promise<void> {
  const { key } = await stage.enter([{ url: `${stage.peers.receiver.url}/ok` }]);
  const shape = { key, requests: FIRST, batch: 1, connections: CONNECTIONS, rate: null, fanOut: 1 };
  await publishAndDeliver(stage.engine, shape);
  const costs = await costByRole();
  stage.residentAfterFirst = new Map(
    stage.target.processes.map(({ app }) => [
      app,
      Math.round((costs.get(app)?.residentBytes ?? Number.NaN) / 2 ** 20),
    ]),
  );
  const { warmUp: all } = stage.options;
  if (all > FIRST) await publishAndDeliver(stage.engine, { ...shape, requests: all - FIRST });
  await stage.atBareLoop({ ...shape, requests: all });
  // A profile begins anew.
  const { cpu, heap } = stage.options.profiling;
  if (cpu !== undefined || heap !== undefined) {
    for (const { pid } of stage.target.processes) process.kill(pid, 'SIGUSR2');
  }
}
