import { DoneSet, TierClock, Window } from '#log';
import { Settlement } from '../../../apps/dispatcher/src/attempt/settlement.ts';
import { Desk } from '../../../apps/dispatcher/src/desk/desk.ts';
import { ForeignOutcomes } from '../../../apps/dispatcher/src/desk/foreign-outcomes.ts';
import { Standing } from '../../../apps/dispatcher/src/desk/standing.ts';
import { TakeOver } from '../../../apps/dispatcher/src/desk/take-over.ts';

/** The engine's own code with one thing wrong in it. */
export interface Broken {
  readonly name: string;
  /** Breaks it until the returned function is called. */
  readonly breakIt: () => () => void;
}

function put(on: object, name: string, descriptor: PropertyDescriptor): () => void {
  const before = Object.getOwnPropertyDescriptor(on, name);
  if (before === undefined) throw new Error(`nothing to break: no ${name}`);
  Object.defineProperty(on, name, { ...before, ...descriptor });
  return () => Object.defineProperty(on, name, before);
}

/** `wrong` gets the right one, to go on with. */
function method<T extends object, K extends keyof T & string>(
  on: T,
  name: K,
  wrong: (right: T[K]) => T[K],
): () => () => void {
  return () => put(on, name, { value: wrong(on[name]) });
}

const LONG_MS = 600_000;

const holeyWindow: Broken = {
  name: 'a window that commits past a hole',
  breakIt: () =>
    put(Window.prototype, 'lowWatermark', {
      get(this: Window) {
        return this.seen;
      },
    }),
};

/** What a mistake in a line would do, one promise after another: of what every log's groups share. */
export const brokenCore: readonly Broken[] = [
  holeyWindow,
  {
    name: 'a window that does not know what it has seen, after a rebalance that kept it',
    breakIt: method(
      Window.prototype,
      'take',
      (right) =>
        function take(this: Window, record) {
          right.call(this, record);
          return true;
        },
    ),
  },
  {
    name: 'a tier clock that wakes early',
    breakIt: method(
      TierClock.prototype,
      'due',
      (right) =>
        function due(this: TierClock, now) {
          return right.call(this, now + 200);
        },
    ),
  },
  {
    name: 'a tier clock whose dropped tail is not fetched again',
    breakIt: method(TierClock.prototype, 'refetchFrom', () => () => undefined),
  },
];

/** And of the dispatcher. */
export const brokenEngine: readonly Broken[] = [
  holeyWindow,
  {
    name: 'a done-set that forgets',
    breakIt: method(
      DoneSet.prototype,
      'isCopy',
      (right) =>
        function isCopy(this: DoneSet, record, now) {
          return right.call(this, record, now + LONG_MS);
        },
    ),
  },
  {
    name: 'a successor appended before its outcome',
    breakIt: method(
      Settlement.prototype,
      'settle',
      (right) =>
        async function settle(this: Settlement, ...[task, decision, term, detail, deferredSince, at]) {
          if ('next' in decision) {
            const placed = this.place(task.desk, {
              ref: task.ref,
              ...decision.next,
              deferredSince: deferredSince ?? null,
              body: task.body(),
            });
            // Refused, as at a crash: the right one is refused too, and says so. Settling never rejects, broken or not.
            await placed.catch(() => {});
          }
          return right.call(this, task, decision, term, detail, deferredSince, at);
        },
    ),
  },
  {
    name: 'a heartbeat that is never late, so that a partition has two owners',
    breakIt: method(Standing.prototype, 'mayStart', () => () => true),
  },
  {
    name: 'a hand-off whose successor is not placed again',
    breakIt: method(DoneSet.prototype, 'takeSuccessor', () => () => undefined),
  },
  {
    name: 'a record let go of while its retry is on its way',
    breakIt: method(
      Desk.prototype,
      'releaseAfter',
      (right) =>
        function releaseAfter(this: Desk, hand, durable) {
          durable.catch(() => {});
          right.call(this, hand, Promise.resolve());
        },
    ),
  },
  {
    name: 'a take-over that does not read what became of its records',
    breakIt: method(
      TakeOver.prototype,
      'bounds',
      (right) =>
        function bounds(this: TakeOver, from) {
          right.call(this, from, from);
        },
    ),
  },
  {
    name: 'an owner that is deaf to what the one before writes late',
    breakIt: method(ForeignOutcomes.prototype, 'appended', () => () => undefined),
  },
  {
    name: 'a placement that is taken for a copy when it is met before its append is answered',
    breakIt: method(DoneSet.prototype, 'notePlacing', () => () => {}),
  },
];
