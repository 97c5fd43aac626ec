/** `npm run bench`: what this machine makes of the engine, beside the least that would do the same. See --help. */
import { cases } from './cases/catalogue.ts';
import type { Case } from './cases/case.ts';
import type { CaseResult } from './cases/case-result.ts';
import { lineOfCase } from './cases/lines.ts';
import { Stage } from './cases/stage.ts';
import { warmUp } from './cases/warm-up.ts';
import { readOptions } from './options.ts';
import { LoadPeer, ReceiverPeer } from './peers.ts';
import { keep } from './results/result-file.ts';

const options = readOptions(process.argv.slice(2), new Map(cases.map(({ name, title }) => [name, title])));
const chosen = cases.filter(({ name }) => options.cases.length === 0 || options.cases.includes(name));
const peers = { load: new LoadPeer(), receiver: await ReceiverPeer.start() };
const results: CaseResult[] = [];
const say = (line: string): void => void process.stdout.write(`${line}\n`);

/** One after the other on one stage. */
async function play(some: readonly Case[]): Promise<void> {
  if (some.length === 0) return;
  const stage = await Stage.open(options, peers);
  try {
    if (stage.whyNoBareLoop !== undefined) say(`no bare loop to compare with: ${stage.whyNoBareLoop}`);
    await warmUp(stage);
    for (const one of some) {
      say(`${stage.target.name} ${one.name}: ${one.title}`);
      const result = await one.run(stage, say);
      say(lineOfCase(result));
      results.push(result);
    }
  } finally {
    await stage.stop();
  }
}

try {
  await play(chosen.filter(({ isAlone }) => isAlone !== true));
  for (const one of chosen.filter(({ isAlone }) => isAlone === true)) await play([one]);
  if (options.out !== undefined) say(`kept in ${await keep(options.out, options, results)}`);
} finally {
  peers.load.stop();
  peers.receiver.stop();
}
