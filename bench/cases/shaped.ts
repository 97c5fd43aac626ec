import type { StagedCase } from './case.ts';
import type { Measured } from './bench-run.ts';
import type { Shape } from './publish-and-deliver.ts';
import { lineOfRun } from './lines.ts';
import { CONNECTIONS, type Stage } from './stage.ts';

interface Plan {
  readonly name: string;
  readonly title: string;
  readonly fanOut?: number;
  readonly batch?: number;
  readonly rate?: number;
  /** At the receiver. Default: one that answers 200. */
  readonly path?: string;
  /** Every so many deliveries are refused at first, and come again after `retryMs`. */
  readonly refused?: { readonly every: number; readonly retryMs: number };
}

/** So long a paced run takes, at most. */
const PACED_SECONDS = 10;

/** A case that is told by how events are published, and how many endpoints want them. */
export function shaped(plan: Plan): StagedCase {
  const { name, title, fanOut = 1, rate = null, path = '/ok' } = plan;
  return {
    name,
    title,
    async run(stage, say) {
      const { url } = stage.peers.receiver;
      const hooks = Array.from({ length: fanOut }, (_, n) => ({ url: `${url}${path}/${n}` }));
      const { key } = await stage.enter(hooks);
      const shape = shapeOf(plan, stage, key);
      const engine: Measured[] = [];
      const bareLoop: Measured[] = [];
      for (let run = 0; run < stage.options.runs; run += 1) {
        const both = await stage.compare(shape);
        engine.push(both.engine);
        say(lineOfRun('engine', both.engine));
        if (both.bareLoop === undefined) continue;
        bareLoop.push(both.bareLoop);
        say(lineOfRun('bare loop', both.bareLoop));
      }
      return { case: name, title, rate, engine, bareLoop, figures: [] };
    },
  };
}

function shapeOf({ fanOut = 1, batch = 1, rate, refused }: Plan, stage: Stage, key: string): Shape {
  const { events } = stage.options;
  const deliveries = rate === undefined ? events : Math.min(events, rate * PACED_SECONDS);
  const requests = Math.max(1, Math.round(deliveries / fanOut / batch));
  const share = refused === undefined ? 0 : Math.ceil((requests * batch) / refused.every) * fanOut;
  return {
    key,
    requests,
    batch,
    fanOut,
    connections: Math.min(CONNECTIONS, requests),
    rate: rate ?? null,
    ...(refused === undefined ? {} : { refused: { deliveries: share, retryMs: refused.retryMs } }),
  };
}
