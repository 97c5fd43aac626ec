import { shareOf, weightedBy } from '../../../support/seeded.ts';
import type { Character } from './world.ts';

/** What a receiver may do with a request. Those of `accepting` have a status line of 2xx, whatever follows it. */
export const answerKinds = [
  'ok',
  'slow',
  'drip',
  'endless',
  'too-long',
  'too-short',
  'error',
  'busy',
  'busy-later',
  'gone',
  'hang',
  'reset',
  'garbage',
  'redirect',
] as const;
export type AnswerKind = (typeof answerKinds)[number];

/** The verdict stands with the status line: what is wrong with the body behind it is nobody's failure. */
const accepting: ReadonlySet<AnswerKind> = new Set([
  'ok',
  'slow',
  'drip',
  'endless',
  'too-long',
  'too-short',
]);
export const accepts = (kind: AnswerKind): boolean => accepting.has(kind);

type Weights = readonly (readonly [AnswerKind, number])[];

const well: Weights = [
  ['ok', 9],
  ['slow', 1],
];
/** The moods of a `moody` receiver. */
const moods: readonly (readonly [Weights, number])[] = [
  [well, 4],
  [[...well, ['slow', 30]], 2],
  [[...well, ['error', 12], ['busy', 4]], 2],
  [[...well, ['busy-later', 10], ['busy', 10], ['redirect', 2]], 1],
  [[...well, ['reset', 10], ['garbage', 8]], 1],
  [[...well, ['drip', 4], ['endless', 4], ['too-long', 8], ['too-short', 8]], 2],
  [[...well, ['hang', 3], ['error', 5]], 1],
];
const byCharacter: Readonly<Record<Exclude<Character, 'moody'>, Weights>> = {
  steady: [['ok', 1]],
  dead: [
    ['error', 6],
    ['busy', 2],
    ['reset', 2],
    ['garbage', 2],
    ['redirect', 1],
  ],
  hanging: [
    ['hang', 7],
    ['error', 2],
    ['ok', 1],
  ],
  gone: [
    ['ok', 20],
    ['gone', 1],
    ['error', 4],
  ],
  flaky: [
    ['ok', 8],
    ['error', 2],
    ['reset', 1],
  ],
};
/** Once the faults are over: quick, so that what waits comes to its end. Only who is dead stays so. */
const calm: Weights = [['ok', 1]];

const MOOD_MS = 5_000;

export interface Asked {
  /** `/<tenant>/<name>`. */
  readonly path: string;
  readonly event: string;
  /** How often the same event came there before. */
  readonly nth: number;
  /** Ms since the run began. */
  readonly at: number;
}

/** The same for the same request in the same mood, and the mood for the same seed. */
export function answerOf(seed: number, character: Character, { path, event, nth, at }: Asked): AnswerKind {
  const share = shareOf(seed, 'answer', path, event, nth);
  if (character !== 'moody') return weightedBy(share, byCharacter[character]);
  const mood = weightedBy(shareOf(seed, 'mood', path, Math.floor(at / MOOD_MS)), moods);
  return weightedBy(share, mood);
}

/** The same after the faults are over. */
export function calmAnswerOf(seed: number, character: Character, asked: Asked): AnswerKind {
  return character === 'dead' ? answerOf(seed, character, asked) : weightedBy(0, calm);
}
