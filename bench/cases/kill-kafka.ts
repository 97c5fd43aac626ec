import { KafkaScene } from '../../test/support/kafka-scene.ts';
import { BURST, threeTimes, type Toll } from './killing.ts';

const SETTLES_WITHIN_MS = 180_000;

/** Judged by the ledger of the tests: what the receiver saw, against what the log says. */
export async function killKafka(): Promise<Toll> {
  const scene = await KafkaScene.open({
    paths: ['ok'],
    env: { HYPERHOOK_TIME_SCALE: '1' },
  });
  try {
    const { engine, ledger } = scene;
    const burst = scene.burst(BURST);
    await burst.during(() =>
      threeTimes(burst, async () => {
        const { pid } = engine.one('dispatcher');
        const running = engine.processes.filter(({ isRunning }) => isRunning);
        await Promise.all(running.map((one) => one.kill()));
        await ledger.noteInFlight(pid);
        await Promise.all(running.map((one) => one.start()));
      }),
    );
    await ledger.settled([burst], SETTLES_WITHIN_MS);
    const { accepted, lost, duplicated, bound } = ledger.judge([burst]);
    return { accepted, lost, twice: duplicated, inFlight: bound };
  } finally {
    await scene.close();
  }
}
