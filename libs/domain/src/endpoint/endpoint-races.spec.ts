import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  arbitraryEndpointCommand as arbitraryCommand,
  arbitraryEndpointFact as arbitraryFact,
} from '#testkit';
import { endpointDecider } from './endpoint-decider.ts';
import type { EndpointCommand } from './endpoint-commands.ts';
import type { EndpointFact } from './endpoint-facts.ts';
import type { EndpointState } from './endpoint-state.ts';
import { at, created } from './endpoint.fixture.ts';

const { decide, evolve } = endpointDecider;
type State = EndpointState | undefined;

/** Decides like the engine does: what is refused changes nothing. */
function tryDecide(command: EndpointCommand, state: State): readonly EndpointFact[] {
  if (state === undefined && command.type !== 'create') return [];
  if (state !== undefined && command.type === 'create') return [];
  return decide(command, state);
}

/** One life as commands make it; it ends with its deletion, ids are never given twice. */
const arbitraryLife = fc
  .tuple(fc.boolean(), fc.array(arbitraryCommand, { maxLength: 30 }))
  .map(([active, commands]) => {
    const birth = { ...created, active };
    let state: State = evolve(undefined, birth);
    const facts: EndpointFact[] = [birth];
    for (const command of commands) {
      if (state === undefined) break;
      for (const fact of tryDecide(command, state)) {
        facts.push(fact);
        state = evolve(state, fact);
      }
    }
    return { facts, state };
  });

describe('evolving an endpoint', () => {
  it('takes any fact in any state, in any order, and its version and term only grow', () => {
    fc.assert(
      fc.property(fc.array(arbitraryFact, { maxLength: 60 }), (facts) => {
        let state: State;
        for (const fact of facts) {
          const next = evolve(state, fact);
          if (state !== undefined && next !== undefined && next !== state) {
            expect(next.version).toBe(state.version + 1);
            expect([state.term, state.term + 1]).toContain(next.term);
            if (next.term > state.term) expect([state.status, next.status]).not.toEqual(['active', 'active']);
          }
          state = next;
        }
      }),
      { numRuns: 500 },
    );
  });

  it('ignores, without making a new object, what was decided on another version', () => {
    fc.assert(
      fc.property(arbitraryLife, arbitraryFact, ({ state }, fact) => {
        fc.pre(
          state !== undefined && (fact.type === 'endpoint.created' || fact.version !== state.version + 1),
        );
        expect(evolve(state, fact)).toBe(state);
      }),
    );
  });

  it('changes nothing when facts come a second time, whole or in part', () => {
    fc.assert(
      fc.property(arbitraryLife, fc.nat(), ({ facts, state }, from) => {
        fc.pre(state !== undefined);
        expect(facts.slice(from % facts.length).reduce<State>(evolve, state)).toBe(state);
      }),
    );
  });

  it('never touches the state it was given', () => {
    fc.assert(
      fc.property(arbitraryLife, arbitraryFact, ({ state }, fact) => {
        const before = structuredClone(state);
        evolve(state, fact);
        expect(state).toEqual(before);
      }),
    );
  });
});

describe('an endpoint whose life was decided command by command', () => {
  it('has a reason exactly while failed, and knows from where deliveries are held once it stopped being active', () => {
    fc.assert(
      fc.property(arbitraryLife, ({ facts, state }) => {
        if (state === undefined) return;
        expect(state.reason !== null).toBe(state.status === 'failed');
        const stopped = facts.findLast((fact) =>
          ['endpoint.failed', 'endpoint.turned-off', 'endpoint.enabled'].includes(fact.type),
        );
        const holds = state.status !== 'active' && stopped !== undefined;
        expect(state.heldFrom !== null).toBe(holds);
      }),
    );
  });

  it('has a term of one and the number of times it was enabled', () => {
    fc.assert(
      fc.property(arbitraryLife, ({ facts, state }) => {
        fc.pre(state !== undefined);
        expect(state.term).toBe(1 + facts.filter((fact) => fact.type === 'endpoint.enabled').length);
      }),
    );
  });

  it('names, when enabled, the first position since it stopped being active (R23)', () => {
    fc.assert(
      fc.property(arbitraryLife, ({ facts }) => {
        let first: unknown = null;
        for (const fact of facts) {
          if (fact.type === 'endpoint.failed') first ??= fact.cause;
          if (fact.type === 'endpoint.turned-off') first ??= fact.heldFrom;
          if (fact.type !== 'endpoint.enabled') continue;
          expect(fact.heldFrom).toEqual(first);
          first = null;
        }
      }),
    );
  });

  it('is not changed by a failure of an old term, as a command or as a fact (P6, R22)', () => {
    fc.assert(
      fc.property(arbitraryLife, fc.nat({ max: 40 }), ({ state }, oldTerm) => {
        fc.pre(state !== undefined && oldTerm < state.term);
        const late = { type: 'fail', term: oldTerm, reason: 'gone', cause: at(1), at: 0 } as const;
        expect(decide(late, state)).toEqual([]);
        const fact: EndpointFact = {
          type: 'endpoint.failed',
          endpointId: state.id,
          tenantId: state.tenantId,
          // Even with the version that would fit: the term alone must be enough to ignore it.
          version: state.version + 1,
          at: 0,
          term: oldTerm,
          reason: 'gone',
          cause: at(1),
        };
        expect(evolve(state, fact)).toBe(state);
      }),
    );
  });

  it('applies, of two commands decided on the same state, exactly the first in the log', () => {
    fc.assert(
      fc.property(arbitraryLife, arbitraryCommand, arbitraryCommand, ({ state }, one, two) => {
        const [first] = tryDecide(one, state);
        const [second] = tryDecide(two, state);
        fc.pre(first !== undefined && second !== undefined);
        // After a deletion, or between two creations, there is nothing left for the second to race with.
        fc.pre(state !== undefined);
        const afterFirst = evolve(state, first);
        expect(afterFirst).not.toBe(state);
        expect(evolve(afterFirst, second)).toBe(afterFirst);
      }),
    );
  });
});
