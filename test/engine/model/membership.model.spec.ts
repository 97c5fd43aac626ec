import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { freeClock, holdClock, until } from '../../support/held-clock.ts';
import { brokenCore } from './broken.ts';
import { catches } from './catches.ts';
import { workTopics } from './members.ts';
import { MembershipUnderTest, PARTITIONS } from './membership.ts';

type Does = (system: MembershipUnderTest) => void | Promise<void>;

/** A step that may always be taken: what it finds nothing to do for does nothing. */
class Step implements fc.AsyncCommand<object, MembershipUnderTest> {
  readonly #name: string;
  readonly #does: Does;

  constructor(name: string, does: Does) {
    this.#name = name;
    this.#does = does;
  }

  check(): boolean {
    return true;
  }

  async run(_: object, system: MembershipUnderTest): Promise<void> {
    await until(Promise.resolve(this.#does(system)));
    // What comes after the first problem only follows from it.
    if (system.problems.length === 0) system.check();
  }

  toString(): string {
    return this.#name;
  }
}

const n = fc.nat({ max: 2 });
const steps = [
  fc
    .tuple(
      n,
      fc.constantFrom(...workTopics),
      fc.nat({ max: PARTITIONS - 1 }),
      fc.integer({ min: 1, max: 12 }),
    )
    .map(
      ([who, ...what]) =>
        new Step(`#${who} appends ${what.join(' ')}`, (system) => system.append(who, ...what)),
    ),
  fc
    .tuple(n, fc.nat({ max: 20 }))
    .map(([who, which]) => new Step(`#${who} completes ${which}`, (system) => system.complete(who, which))),
  fc
    .tuple(n, fc.nat({ max: 20 }))
    .map(([who, which]) => new Step(`#${who} completes ${which}`, (system) => system.complete(who, which))),
  n.map((who) => new Step(`#${who} commits`, (system) => system.member(who)?.commit())),
  fc.nat({ max: 1_500 }).map((ms) => new Step(`${ms} ms pass`, (system) => system.wake(ms))),
  fc.constant(new Step('one joins', (system) => system.join())),
  fc.constant(new Step('shared out anew', ({ store }) => store.rebalance('dispatcher'))),
  n.map((who) => new Step(`#${who} leaves`, (system) => system.leave(who))),
  n.map((who) => new Step(`#${who} crashes`, (system) => system.crash(who))),
  n.map((who) => new Step(`#${who} is let go`, (system) => system.dismiss(who))),
  fc.constant(new Step('who was let go hears of it', (system) => system.tell())),
  fc
    .boolean()
    .map((written) => new Step(`append fails, written ${written}`, (system) => system.trouble(written))),
];

const cases = fc.commands(steps, { size: 'medium', maxCommands: 40 });
type Case = typeof cases extends fc.Arbitrary<infer T> ? T : never;

const told = (commands: Case): string => [...commands].map((one) => one.toString()).join('; ');

async function play(commands: Case): Promise<string[]> {
  holdClock();
  try {
    const system = new MembershipUnderTest();
    await until(system.join());
    await fc.asyncModelRun(() => ({ model: {}, real: system }), commands);
    if (system.problems.length === 0) await until(system.finish());
    return system.problems;
  } finally {
    freeClock();
  }
}

describe('members, windows, tier clocks and batchers over one log', () => {
  it('commit no hole, never back; own alone; wake nothing early; drop nothing (P2, R9, R11, R13, R15, R16)', async () => {
    await fc.assert(
      fc.asyncProperty(cases, async (commands) => {
        expect(await play(commands)).toEqual([]);
      }),
      { numRuns: Number(process.env['MODEL_RUNS'] ?? 3_000) },
    );
  }, 3_600_000);
});

describe('the model catches', () => {
  it.each(brokenCore)(
    '$name',
    (broken) => catches(broken, cases, async (commands) => (await play(commands))[0], told),
    600_000,
  );
});
