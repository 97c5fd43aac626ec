/** `npm run bench`: what this machine makes of the engine, beside the least that would do the same. See --help. */
import { cases } from './cases/catalogue.ts';
import type { OwnCase, StagedCase } from './cases/case.ts';
import type { CaseResult } from './cases/case-result.ts';
import { lineOfCase } from './cases/lines.ts';
import { Stage } from './cases/stage.ts';
import { warmUp } from './cases/warm-up.ts';
import { endWithUs } from './machine/descendants.ts';
import { readOptions } from './options.ts';
import { LoadPeer, ReceiverPeer } from './peers.ts';
import { keep } from './report/result-file.ts';

const options = readOptions(process.argv.slice(2), new Map(cases.map(({ name, title }) => [name, title])));
const chosen = cases.filter(({ name }) => options.cases.length === 0 || options.cases.includes(name));
endWithUs();
const peers = { load: new LoadPeer(), receiver: await ReceiverPeer.start() };
const results: CaseResult[] = [];
let kept: string | undefined;
const say = (line: string): void => void process.stdout.write(`${line}\n`);

/** One after the other on one stage. */
async function play(some: readonly StagedCase[], env?: StagedCase['env']): Promise<void> {
  if (some.length === 0) return;
  const stage = await Stage.open(options, peers, env);
  try {
    if (stage.whyNoBareLoop !== undefined) say(`no bare loop to compare with: ${stage.whyNoBareLoop}`);
    await warmUp(stage);
    for (const one of some) {
      await tell(one, () => one.run(stage, say));
    }
  } finally {
    await stage.stop();
  }
}

async function tell(one: StagedCase | OwnCase, run: () => Promise<CaseResult>): Promise<void> {
  say(`${options.kafka ? 'kafka' : 'standalone'} ${one.name}: ${one.title}`);
  const result = await run();
  say(lineOfCase(result));
  results.push(result);
  // After each case: a run of half an hour that is broken off must not have been for nothing.
  if (options.out !== undefined) kept = await keep(options.out, options, results);
}

try {
  const staged = chosen.filter((one) => 'run' in one);
  await play(staged.filter(({ isAlone }) => isAlone !== true));
  for (const one of staged.filter(({ isAlone }) => isAlone === true)) {
    await play([one], one.env);
  }
  for (const one of chosen.filter((other) => 'runOwn' in other)) {
    await tell(one, () => one.runOwn(options, say));
  }
  if (kept !== undefined) say(`kept in ${kept}`);
} finally {
  peers.load.stop();
  peers.receiver.stop();
}
