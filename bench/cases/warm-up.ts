import { publishAndDeliver } from './publish-and-deliver.ts';
import { CONNECTIONS, type Stage } from './stage.ts';

/** Until code is compiled and files are there; the rates of the first 20,000 deliveries are lower by a third. */
export async function warmUp(stage: Stage): Promise<void> {
  const { key } = await stage.enter([{ url: `${stage.peers.receiver.url}/ok` }]);
  const shape = {
    key,
    requests: stage.options.events,
    batch: 1,
    connections: CONNECTIONS,
    rate: null,
    fanOut: 1,
  };
  await publishAndDeliver(stage.engine, shape);
  await stage.atBareLoop(shape);
  // A profile begins anew.
  const { cpu, heap } = stage.options.profiling;
  if (cpu !== undefined || heap !== undefined) {
    for (const { pid } of stage.target.processes) process.kill(pid, 'SIGUSR2');
  }
}
