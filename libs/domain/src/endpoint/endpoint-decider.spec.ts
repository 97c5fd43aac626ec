import { describe, expect, it } from '@jest/globals';
import { givenWhenThen } from '#testkit';
import type { EndpointCommand } from './endpoint-commands.ts';
import { endpointDecider } from './endpoint-decider.ts';
import type { EndpointFact } from './endpoint-facts.ts';
import { subscribes } from './endpoint-state.ts';
import {
  at,
  created,
  createdOff,
  deleted,
  enabled,
  failed,
  rotated,
  settings,
  T0,
  turnedOff,
  updated,
} from './endpoint.fixture.ts';

const given = givenWhenThen(endpointDecider);
const stateAfter = (facts: readonly EndpointFact[]) =>
  facts.reduce(endpointDecider.evolve, endpointDecider.initialState);

const create: EndpointCommand = {
  type: 'create',
  endpointId: 'wh_1',
  tenantId: 'acme',
  settings,
  secrets: created.secrets,
  active: true,
  at: T0 + 1,
};
const fail = (term: number): EndpointCommand => ({
  type: 'fail',
  term,
  reason: 'attempts_exhausted',
  cause: at(40),
  at: T0 + 2,
});
const enable = (version: number): EndpointCommand => ({ type: 'enable', held: 'release', at: T0 + version });
const turnOff = (version: number, offset = 90): EndpointCommand => ({
  type: 'turn-off',
  heldFrom: at(offset),
  at: T0 + version,
});

describe('creating an endpoint', () => {
  it('is accepted where there is none', () => given([]).when(create).then([created]));
  it('is refused where there is one', () => given([created]).when(create).thenRejected('already_exists'));

  it('begins in term 1 and version 1, active or off as asked', () => {
    expect(stateAfter([created])).toEqual({
      ...settings,
      id: 'wh_1',
      tenantId: 'acme',
      secrets: [{ sealed: 'k1.first', until: null }],
      status: 'active',
      reason: null,
      heldFrom: null,
      keptTerms: [],
      term: 1,
      version: 1,
      createdAt: T0 + 1,
      updatedAt: T0 + 1,
    });
    expect(stateAfter([createdOff])).toMatchObject({ status: 'off', term: 1 });
  });
});

describe('an endpoint that does not exist', () => {
  const commands: EndpointCommand[] = [
    { type: 'update', settings: {}, at: T0 },
    { type: 'rotate-secret', sealed: 'k1.x', graceMs: 0, at: T0 },
    enable(2),
    turnOff(2),
    fail(1),
    { type: 'delete', at: T0 },
  ];
  it.each(commands.map((command) => [command.type, command] as const))('cannot: %s', (_, command) => {
    given([]).when(command).thenRejected('not_found');
    given([created, deleted(2)])
      .when(command)
      .thenRejected('not_found');
  });
});

describe('updating', () => {
  it('changes what is named and keeps the rest', () => {
    given([created])
      .when({ type: 'update', settings: { url: 'https://new.acme.test/' }, at: T0 + 2 })
      .then([updated(2, { url: 'https://new.acme.test/' })]);
  });

  it('takes a setting that is there but undefined as not named', () => {
    const partial = { url: undefined, description: '' } as unknown as Partial<typeof settings>;
    given([created])
      .when({ type: 'update', settings: partial, at: T0 + 2 })
      .then([updated(2, { description: '' })]);
  });

  it('touches neither status nor term nor secrets', () => {
    const before = stateAfter([created, failed(2, 1)]);
    expect(stateAfter([created, failed(2, 1), updated(3, { events: [] })])).toEqual({
      ...before,
      events: [],
      version: 3,
      updatedAt: T0 + 3,
    });
  });
});

describe('failing (the policy, R22)', () => {
  it('disables an active endpoint of that term, with reason and cause', () => {
    given([created])
      .when(fail(1))
      .then([failed(2, 1)]);
    expect(stateAfter([created, failed(2, 1)])).toMatchObject({
      status: 'failed',
      reason: 'attempts_exhausted',
      heldFrom: at(40),
      term: 1,
    });
  });

  it('changes nothing when it says so twice (P6)', () =>
    given([created, failed(2, 1)])
      .when(fail(1))
      .then([]));
  it('changes nothing when the customer has switched it off meanwhile', () =>
    given([created, turnedOff(2, at(9))])
      .when(fail(1))
      .then([]));
  it('changes nothing when it comes late, after the endpoint was enabled again', () =>
    given([created, failed(2, 1), enabled(3, 2, at(40))])
      .when(fail(1))
      .then([]));
  it('changes nothing for a term that is not there yet', () => given([created]).when(fail(2)).then([]));

  it('in the log, of an old term or of one not active, is ignored by every reader', () => {
    const again = stateAfter([created, failed(2, 1), enabled(3, 2, at(40))]);
    expect(endpointDecider.evolve(again, failed(4, 1))).toBe(again);
    const off = stateAfter([created, turnedOff(2, at(9))]);
    expect(endpointDecider.evolve(off, failed(3, 1))).toBe(off);
  });
});

describe('enabling', () => {
  it('a failed endpoint begins the next term, and says where its held deliveries start', () =>
    given([created, failed(2, 1)])
      .when(enable(3))
      .then([enabled(3, 2, at(40))]));
  it('one that was created off has nothing held', () =>
    given([createdOff])
      .when(enable(2))
      .then([enabled(2, 2, null)]));
  it('an active one changes nothing', () => given([created]).when(enable(2)).then([]));
  it('carries the choice for what was held', () =>
    given([created, failed(2, 1)])
      .when({ type: 'enable', held: 'discard', at: T0 + 3 })
      .then([{ ...enabled(3, 2, at(40)), held: 'discard' }]));

  it('leaves no reason and nothing held behind', () => {
    expect(stateAfter([created, failed(2, 1), enabled(3, 2, at(40))])).toMatchObject({
      status: 'active',
      reason: null,
      heldFrom: null,
      term: 2,
    });
  });

  it('grows the term by exactly one each time, over any number of failures', () => {
    let state = stateAfter([created]);
    for (let term = 1; term <= 5; term += 1) {
      for (const command of [fail(term), enable(0)]) {
        state = endpointDecider.decide(command, state).reduce(endpointDecider.evolve, state);
      }
      expect(state?.term).toBe(term + 1);
    }
  });
});

describe('switching off', () => {
  it('an active endpoint remembers where in outcomes that was', () =>
    given([created])
      .when(turnOff(2))
      .then([turnedOff(2, at(90))]));
  it('a failed one keeps where its deliveries began to be held', () =>
    given([created, failed(2, 1, at(40))])
      .when(turnOff(3))
      .then([turnedOff(3, at(40))]));
  it('an active one may say that nothing is held, and on again releases nothing', () => {
    given([created])
      .when({ type: 'turn-off', heldFrom: null, at: T0 + 2 })
      .then([turnedOff(2, null)]);
    given([created, turnedOff(2, null)])
      .when(enable(3))
      .then([enabled(3, 2, null)]);
  });
  it('one that is off changes nothing', () => given([createdOff]).when(turnOff(2)).then([]));

  it('and on again later releases from the first of the two', () =>
    given([created, failed(2, 1, at(40)), turnedOff(3, at(40))])
      .when(enable(4))
      .then([enabled(4, 2, at(40))]));

  it('takes the reason of a failure away: it is the customer now', () => {
    expect(stateAfter([created, failed(2, 1), turnedOff(3, at(40))])).toMatchObject({
      status: 'off',
      reason: null,
      term: 1,
    });
  });
});

describe('keeping what was held', () => {
  const keep = (version: number, term: number): typeof created | ReturnType<typeof enabled> => ({
    ...enabled(version, term, at(40)),
    held: 'keep',
  });

  it('remembers the terms that it was held under, and no others', () => {
    expect(stateAfter([created])?.keptTerms).toEqual([]);
    expect(stateAfter([created, failed(2, 1), enabled(3, 2, at(40))])?.keptTerms).toEqual([]);
    const kept = stateAfter([created, failed(2, 1), keep(3, 2)]);
    expect(kept?.keptTerms).toEqual([1]);
    const twice = [failed(4, 2), enabled(5, 3, at(40)), failed(6, 3), keep(7, 4)];
    expect(twice.reduce(endpointDecider.evolve, kept)?.keptTerms).toEqual([1, 3]);
  });

  it('keeps nothing where nothing was held', () => {
    const nothing = { ...enabled(3, 2, null), held: 'keep' as const };
    expect(stateAfter([created, turnedOff(2, null), nothing])?.keptTerms).toEqual([]);
  });
});

describe('rotating the secret', () => {
  const rotate = (graceMs: number, sealed: string | null = 'k1.second'): EndpointCommand => ({
    type: 'rotate-secret',
    sealed,
    graceMs,
    at: T0 + 2,
  });

  it('without grace signs with the new one only', () =>
    given([created])
      .when(rotate(0))
      .then([rotated(2, [{ sealed: 'k1.second', until: null }])]));

  it('with grace signs with both until it ends', () =>
    given([created])
      .when(rotate(60_000))
      .then([
        rotated(2, [
          { sealed: 'k1.second', until: null },
          { sealed: 'k1.first', until: T0 + 2 + 60_000 },
        ]),
      ]));

  it('to none stops signing, at once or after the grace', () => {
    given([created])
      .when(rotate(0, null))
      .then([rotated(2, [])]);
    given([created])
      .when(rotate(1_000, null))
      .then([rotated(2, [{ sealed: 'k1.first', until: T0 + 1_002 }])]);
  });

  it('never lengthens an earlier grace, and forgets what has ended', () => {
    const secrets = [
      { sealed: 'k1.now', until: null },
      { sealed: 'k1.soon', until: T0 + 10 },
      { sealed: 'k1.past', until: T0 + 2 },
    ];
    given([{ ...created, secrets }])
      .when(rotate(60_000))
      .then([
        rotated(2, [
          { sealed: 'k1.second', until: null },
          { sealed: 'k1.now', until: T0 + 60_002 },
          { sealed: 'k1.soon', until: T0 + 10 },
        ]),
      ]);
  });

  it('signs with three at once at most', () => {
    let state = stateAfter([created]);
    for (const sealed of ['k1.2', 'k1.3', 'k1.4', 'k1.5']) {
      state = endpointDecider.decide(rotate(60_000, sealed), state).reduce(endpointDecider.evolve, state);
    }
    expect(state?.secrets.map((secret) => secret.sealed)).toEqual(['k1.5', 'k1.4', 'k1.3']);
  });
});

describe('a subscription', () => {
  it('of no types means all, future ones included', () => {
    const all = stateAfter([created, updated(2, { events: [] })])!;
    expect(subscribes(all, 'anything.new')).toBe(true);
  });

  it('of some types means exactly those', () => {
    const one = stateAfter([created])!;
    expect(subscribes(one, 'host.offline')).toBe(true);
    expect(subscribes(one, 'host.online')).toBe(false);
    expect(subscribes(one, 'host.offline.twice')).toBe(false);
  });
});

describe('expiring the secrets before the newest', () => {
  const secrets = [
    { sealed: 'k1.second', until: null },
    { sealed: 'k1.first', until: T0 + 9_000 },
  ];
  const expire: EndpointCommand = { type: 'expire-secrets', at: T0 + 3 };
  const expired: EndpointFact = {
    type: 'endpoint.secret-expired',
    endpointId: 'wh_1',
    tenantId: 'acme',
    version: 3,
    at: T0 + 3,
    secrets: secrets.slice(0, 1),
  };

  it('leaves the newest, as of now', () => {
    given([created, rotated(2, secrets)])
      .when(expire)
      .then([expired]);
    expect(stateAfter([created, rotated(2, secrets), expired])?.secrets).toEqual(expired.secrets);
  });

  it('is nothing where there is no other', () => given([created]).when(expire).then([]));
});

describe('sealing its secrets anew', () => {
  const secrets = [{ sealed: 'k2.first', until: null }];
  const headers = { 'x-team': { sealed: 'k2.team' } };
  const rewrapped: EndpointFact = {
    type: 'endpoint.secret-rewrapped',
    endpointId: 'wh_1',
    tenantId: 'acme',
    version: 2,
    at: T0 + 5,
    secrets,
    headers,
  };

  it('changes them and the version, and nothing else: not the term, not when it was changed last', () => {
    given([created])
      .when({ type: 'rewrap', secrets, headers, at: T0 + 5 })
      .then([rewrapped]);
    expect(stateAfter([created, rewrapped])).toEqual({
      ...stateAfter([created]),
      version: 2,
      secrets,
      headers,
    });
  });

  it('that comes after another change is stale', () => {
    const changed = updated(2, { url: 'https://other.example/' });
    expect(stateAfter([created, changed, rewrapped])).toEqual(stateAfter([created, changed]));
  });
});
