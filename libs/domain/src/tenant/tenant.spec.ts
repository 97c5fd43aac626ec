import { describe, expect, it } from '@jest/globals';
import { givenWhenThen } from '#testkit';
import { tenantDecider, type TenantCommand, type TenantFact } from './tenant.ts';

const given = givenWhenThen(tenantDecider);
const T0 = 1_736_937_000_000;

const settings = {
  name: 'Acme Support',
  contract: 'hyperleap',
  attributes: { chatbotId: 'cb_1', chatbotName: 'Acme Support', organizationId: 'org_1' },
  secret: null,
  entitled: true,
};
const created: TenantFact = { type: 'tenant.created', tenantId: 'acme', version: 1, at: T0, ...settings };
const create: TenantCommand = { type: 'create', tenantId: 'acme', at: T0, ...settings };
const deleted: TenantFact = { type: 'tenant.deleted', tenantId: 'acme', version: 2, at: T0 + 2 };

describe('a tenant', () => {
  it('is created once', () => {
    given([]).when(create).then([created]);
    given([created]).when(create).thenRejected('already_exists');
  });

  it('may be created again after it was deleted', () => {
    given([created, deleted]).when(create).then([created]);
  });

  it('keeps what an update does not name; its contract can never be named', () => {
    given([created])
      .when({ type: 'update', name: 'Acme', at: T0 + 2 })
      .then([
        {
          type: 'tenant.updated',
          tenantId: 'acme',
          version: 2,
          at: T0 + 2,
          name: 'Acme',
          attributes: settings.attributes,
          entitled: true,
        },
      ]);
  });

  it('can lose its entitlement and nothing else', () => {
    const [fact] = tenantDecider.decide(
      { type: 'update', entitled: false, at: T0 + 2 },
      tenantDecider.evolve(undefined, created),
    );
    const before = tenantDecider.evolve(undefined, created);
    expect(tenantDecider.evolve(before, fact!)).toEqual({ ...before, entitled: false, version: 2 });
  });

  it('gets a new secret of its own', () => {
    given([created])
      .when({ type: 'set-secret', secret: 'k1.sealed', at: T0 + 2 })
      .then([{ type: 'tenant.secret-set', tenantId: 'acme', version: 2, at: T0 + 2, secret: 'k1.sealed' }]);
  });

  it('is deleted', () => {
    given([created])
      .when({ type: 'delete', at: T0 + 2 })
      .then([deleted]);
  });

  it.each<TenantCommand>([
    { type: 'update', at: T0 },
    { type: 'set-secret', secret: 'k1.x', at: T0 },
    { type: 'delete', at: T0 },
  ])('that does not exist refuses $type', (command) => {
    given([]).when(command).thenRejected('not_found');
    given([created, deleted]).when(command).thenRejected('not_found');
  });
});

it('a tenant whose secret is sealed anew keeps everything else', () => {
  const rewrapped = {
    type: 'tenant.secret-rewrapped',
    tenantId: 'acme',
    version: 2,
    at: T0 + 2,
    secret: 'k2.sealed',
  } as const;
  given([created])
    .when({ type: 'rewrap', secret: 'k2.sealed', at: T0 + 2 })
    .then([rewrapped]);
  const before = tenantDecider.evolve(undefined, created);
  expect(tenantDecider.evolve(before, rewrapped)).toEqual({ ...before, version: 2, secret: 'k2.sealed' });
});
