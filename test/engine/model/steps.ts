import fc from 'fast-check';
import { pass } from '../../support/held-clock.ts';
import type { Installation } from './installation.ts';
import type { Trouble } from './model-log.ts';
import type { ModelProcess } from './model-process.ts';
import type { Witness } from './witness.ts';

/** What befalls the installation. `who`: one of the processes that live by then. */
export type Event =
  | { readonly what: 'publish'; readonly tenant: number; readonly count: number }
  | { readonly what: 'publish again'; readonly which: number }
  | { readonly what: 'join' | 'rebalance' }
  | { readonly what: 'power cut'; readonly ms: number }
  | { readonly what: 'stop' | 'expel'; readonly who: number }
  | { readonly what: 'refuse commits'; readonly who: number; readonly on: boolean }
  | { readonly what: 'kill'; readonly who: number; readonly lands: boolean; readonly noticed: number }
  | { readonly what: 'cut'; readonly who: number; readonly ms: number; readonly told: number }
  | { readonly what: 'slow'; readonly who: number; readonly ms: number }
  | { readonly what: 'trouble'; readonly who: number; readonly how: Trouble };

/** `wait`: ms that pass before it. */
export interface Step {
  readonly wait: number;
  readonly event: Event;
}

/** Processes at once. */
const MOST = 3;

const who = fc.nat({ max: MOST - 1 });
const wait = fc.oneof(
  { weight: 3, arbitrary: fc.nat({ max: 5 }) },
  { weight: 2, arbitrary: fc.nat({ max: 300 }) },
  { weight: 1, arbitrary: fc.nat({ max: 6_000 }) },
);
const count = fc.oneof(
  { weight: 8, arbitrary: fc.integer({ min: 1, max: 3 }) },
  { weight: 1, arbitrary: fc.integer({ min: 20, max: 40 }) },
);
const is = <const T>(value: T) => fc.constant(value);

const event: fc.Arbitrary<Event> = fc.oneof(
  { weight: 8, arbitrary: fc.record({ what: is('publish'), tenant: fc.nat({ max: 2 }), count }) },
  { weight: 1, arbitrary: fc.record({ what: is('publish again'), which: fc.nat({ max: 9 }) }) },
  { weight: 4, arbitrary: fc.record({ what: fc.constantFrom('join', 'rebalance') }) },
  { weight: 3, arbitrary: fc.record({ what: fc.constantFrom('stop', 'expel'), who }) },
  // Also longer than a done-set remembers.
  { weight: 1, arbitrary: fc.record({ what: is('power cut'), ms: fc.constantFrom(1_000, 900_000) }) },
  {
    weight: 3,
    arbitrary: fc.record({
      what: is('kill'),
      who,
      lands: fc.boolean(),
      noticed: fc.oneof(is(0), fc.nat({ max: 10_000 })),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      what: is('cut'),
      who,
      ms: fc.oneof(fc.nat({ max: 9_000 }), fc.integer({ min: 9_000, max: 30_000 })),
      told: fc.oneof(is(0), fc.nat({ max: 2_000 })),
    }),
  },
  { weight: 1, arbitrary: fc.record({ what: is('slow'), who, ms: fc.oneof(is(0), fc.nat({ max: 500 })) }) },
  { weight: 1, arbitrary: fc.record({ what: is('refuse commits'), who, on: fc.boolean() }) },
  {
    weight: 2,
    arbitrary: fc.record({
      what: is('trouble'),
      who,
      how: fc.constantFrom<Trouble[]>('refused', 'answer lost', 'in part'),
    }),
  },
);

export const steps: fc.Arbitrary<Step[]> = fc.array(fc.record({ wait, event }), {
  minLength: 2,
  maxLength: 16,
});

/** Does it; what it asks for may take longer than the call. */
export async function take(installation: Installation, happens: Event): Promise<void> {
  const { published, tenants, witness } = installation;
  const process = 'who' in happens ? installation.alive(happens.who) : undefined;
  switch (happens.what) {
    case 'publish': {
      const tenant = tenants[happens.tenant % tenants.length] ?? '';
      for (let n = 0; n < happens.count; n += 1) await installation.publish(tenant);
      return;
    }
    case 'publish again': {
      const before = published[happens.which % Math.max(1, published.length)];
      if (before !== undefined) await installation.publish(before.tenant, before.eventId);
      return;
    }
    case 'join':
      if (installation.running.length < MOST) await installation.join();
      return;
    case 'rebalance':
      installation.store.rebalance('dispatcher');
      return;
    case 'stop':
      void process?.stop();
      return;
    case 'expel':
      if (process?.expel() === true) witness.excuse(process.id);
      return;
    case 'power cut':
      for (const each of installation.running) await kill(each, witness);
      await pass(happens.ms);
      return installation.join();
    case 'kill':
      if (process !== undefined) await kill(process, witness, happens);
      return;
    case 'cut':
      process?.cut(happens.ms, happens.told, () => witness.excuse(process.id));
      return;
    case 'slow':
      if (process !== undefined) process.log.slowMs = happens.ms;
      return;
    case 'refuse commits':
      if (process !== undefined) process.log.refusesCommits = happens.on;
      return;
    case 'trouble':
      process?.log.troubles.push(happens.how);
  }
}

async function kill(
  process: ModelProcess,
  witness: Witness,
  { lands, noticed }: { readonly lands: boolean; readonly noticed: number } = { lands: false, noticed: 0 },
): Promise<void> {
  process.kill(lands, noticed);
  // What still lands has done so by then.
  for (let turn = 0; turn < 5; turn += 1) await Promise.resolve();
  witness.excuse(process.id);
}
