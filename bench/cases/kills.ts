import type { Options } from '../options.ts';
import type { OwnCase, Say } from './case.ts';
import type { Figure } from './case-result.ts';
import { killKafka } from './kill-kafka.ts';
import { killStandalone } from './kill-standalone.ts';
import { BURST } from './killing.ts';

/** All of the engine at once, as a machine that loses its power; stores live on. */
export const kills: OwnCase = {
  name: 'kills',
  title: `three kill -9 of all processes in a burst of ${BURST.events.toLocaleString('en-GB')}, 800 a second`,
  async runOwn({ kafka }: Options, say: Say) {
    const toll = await (kafka ? killKafka() : killStandalone());
    say(
      `  ${toll.accepted} accepted, ${toll.lost} lost, ${toll.twice} sent twice, ${toll.inFlight} in flight at the kills`,
    );
    const figure = (name: string, value: number): Figure => ({ name, unit: '', values: [value] });
    return {
      case: 'kills',
      title: kills.title,
      rate: null,
      engine: [],
      bareLoop: [],
      figures: [
        figure('accepted', toll.accepted),
        figure('lost', toll.lost),
        figure('sent twice', toll.twice),
        figure('in flight at the kills', toll.inFlight),
      ],
    };
  },
};
