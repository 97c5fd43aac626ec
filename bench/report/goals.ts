import { ms, ratioOf, whole } from '../cases/lines.ts';
import { median } from '../machine/statistics.ts';
import type { Goal } from './goal.ts';
import type { ResultFile } from './result-file.ts';
import {
  caseOf,
  cpuOf,
  figureOf,
  megabytesOf,
  mid,
  NONE,
  p50Of,
  p99Of,
  rateOf,
  said,
  writtenOf,
  type FigureOf,
} from './figures.ts';
import { furtherGoals } from './further-goals.ts';
import { table } from './markdown.ts';

/** What was set out to be reached on Kafka, in separate processes, and what came out. */
export function goalsTable(result: ResultFile): string {
  const rows = [...goals(result), ...furtherGoals(result)].map(
    ({ what, svix, outpost, bare, goal, is, isMet }) => [
      what,
      svix,
      outpost,
      bare,
      goal,
      is === undefined ? NONE : `**${is}**`,
      is === undefined ? '' : isMet ? 'yes' : 'no',
    ],
  );
  return table(['', 'Svix 1.99', 'Outpost', 'bare loop', 'goal', 'Hyperhook', 'met'], rows);
}

function goals(result: ResultFile): readonly Goal[] {
  const engine = (name: string, figure: FigureOf): number => mid(caseOf(result, name)?.engine ?? [], figure);
  const bare = (name: string, figure: FigureOf): number => mid(caseOf(result, name)?.bareLoop ?? [], figure);
  const saturated = caseOf(result, 'saturated');
  const ratio = saturated === undefined ? Number.NaN : ratioOf(saturated, rateOf);
  const micros = (value: number): string => `${(value / 1_000).toFixed(2)} ms`;
  const kilobytes = (value: number): string => `${(value / 1_000).toFixed(1)} KB`;
  const both = (p50: number, p99: number): string => `${ms(p50)} / ${ms(p99)}`;
  const dash = (value: number, text: string): string => said(value, text) ?? NONE;
  const low = { p50: engine('low-rate', p50Of), p99: engine('low-rate', p99Of) };
  const lowBare = { p50: bare('low-rate', p50Of), p99: bare('low-rate', p99Of) };
  const hangs = {
    p99: engine('hanging', p99Of),
    answers: figureOf(result, 'hanging', 'p99 beside one that answers'),
    alone: figureOf(result, 'hanging', 'p99 alone'),
    ratio: figureOf(result, 'hanging', 'p99 beside one that hangs to p99 alone'),
  };
  const memory = caseOf(result, 'memory')?.figures.map(({ values }) => median(values)) ?? [];
  const largest = memory.length === 0 ? Number.NaN : Math.max(...memory);
  const kills = {
    lost: figureOf(result, 'kills', 'lost'),
    twice: figureOf(result, 'kills', 'sent twice'),
    inFlight: figureOf(result, 'kills', 'in flight at the kills'),
  };
  return [
    {
      what: 'saturated, single publishes: deliveries/s',
      svix: '1,210',
      outpost: '1,590–1,740',
      bare: dash(bare('saturated', rateOf), whole(bare('saturated', rateOf))),
      goal: '≥ 75 % of the bare loop',
      is: said(ratio, `${whole(engine('saturated', rateOf))} (${whole(100 * ratio)} %)`),
      isMet: ratio >= 0.75,
    },
    {
      what: 'CPU per delivery, all processes and stores',
      svix: '1.37 ms',
      outpost: '0.97 ms',
      bare: dash(bare('saturated', cpuOf), micros(bare('saturated', cpuOf))),
      goal: '≤ 0.30 ms',
      is: said(engine('saturated', cpuOf), micros(engine('saturated', cpuOf))),
      isMet: engine('saturated', cpuOf) <= 300,
    },
    {
      what: 'accept→receive at 200/s, p50 / p99',
      svix: '1.8 / 4.2 ms',
      outpost: '29 / 54 ms',
      bare: dash(lowBare.p50, both(lowBare.p50, lowBare.p99)),
      goal: '≤ 1.6 / ≤ 4 ms',
      is: said(low.p50, both(low.p50, low.p99)),
      isMet: low.p50 <= 1.6 && low.p99 <= 4,
    },
    {
      what: 'fan-out 50: deliveries/s',
      svix: '5,480–6,090',
      outpost: '2,290',
      bare: dash(bare('fan-out-50', rateOf), whole(bare('fan-out-50', rateOf))),
      goal: '≥ 7,500',
      is: said(engine('fan-out-50', rateOf), whole(engine('fan-out-50', rateOf))),
      isMet: engine('fan-out-50', rateOf) >= 7_500,
    },
    {
      what: '190/s healthy beside 10/s to an endpoint that never answers: healthy p99',
      svix: '4.2 ms',
      outpost: '14,242 ms',
      bare: NONE,
      goal: 'within 10 % of the same run without it',
      is: said(
        hangs.p99,
        `${ms(hangs.p99)}, ${hangs.ratio.toFixed(2)} of without it (${ms(hangs.alone)}; beside one that answers ${ms(hangs.answers)})`,
      ),
      isMet: hangs.ratio <= 1.1,
    },
    {
      what: 'bytes written to disk per delivery',
      svix: '20 KB',
      outpost: '15–21 KB',
      bare: dash(bare('saturated', writtenOf), kilobytes(bare('saturated', writtenOf))),
      goal: '≤ 6 KB',
      is: said(engine('saturated', writtenOf), kilobytes(engine('saturated', writtenOf))),
      isMet: engine('saturated', writtenOf) <= 6_000,
    },
    {
      what: 'resident memory after 10,000 deliveries, without stores, the largest process',
      svix: '51 MB',
      outpost: '72 MB',
      bare: NONE,
      goal: '≤ 180 MB a process',
      is: said(largest, `${whole(megabytesOf(largest))} MB`),
      isMet: megabytesOf(largest) <= 180,
    },
    {
      what: 'three `kill -9` in a burst of 6,000: lost / sent twice',
      svix: '0 / 335',
      outpost: '0 / 334',
      bare: NONE,
      goal: '0 / ≤ attempts in flight at the kills',
      is: said(kills.lost, `${kills.lost} / ${kills.twice} (in flight ${kills.inFlight})`),
      isMet: kills.lost === 0 && kills.twice <= kills.inFlight,
    },
  ];
}
