import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { ControlTable } from '#control';
import type { ControlEntry, ControlFact, EndpointFact } from '#domain';
import { arbitraryControlEntries } from '#testkit';
import type { ControlStateRow } from '../entities/control-state-row.ts';
import { auditEntries } from './audit-entries.ts';

const AT = 1_795_168_800_000;
const tenant: ControlFact = {
  type: 'tenant.created',
  tenantId: 'acme',
  version: 1,
  at: AT,
  name: 'Acme',
  contract: 'hyperspell',
  attributes: { app: 'demo' },
  secret: 'k1.sealed-of-the-tenant',
  entitled: true,
};
const settings = {
  url: 'https://example.com/a',
  events: [],
  description: '',
  headers: { authorization: { sealed: 'k1.sealed-header' }, 'x-old': 'plain-value' },
};
const endpoint: EndpointFact = {
  type: 'endpoint.created',
  endpointId: 'wh_1',
  tenantId: 'acme',
  version: 1,
  at: AT,
  settings,
  secrets: [{ sealed: 'k1.sealed-secret', until: null }],
  active: true,
};
const head = { endpointId: 'wh_1', tenantId: 'acme', at: AT };

const audited = (...facts: readonly ControlFact[]) =>
  auditEntries(
    new Map(),
    facts.map((fact, position) => ({ factId: `fact-${position}`, actor: 'key:key_1', fact, position })),
  ).rows;

describe('an entry of the audit', () => {
  it('says who, when and what, and what it was before and after', () => {
    const moved = { ...settings, url: 'https://example.com/b' };
    const rows = audited(tenant, endpoint, {
      ...head,
      type: 'endpoint.updated',
      version: 2,
      settings: moved,
    });
    expect(rows[2]).toMatchObject({
      position: 2,
      actor: 'key:key_1',
      at: AT,
      type: 'endpoint.updated',
      subjectKind: 'webhook',
      subjectId: 'wh_1',
      tenantId: 'acme',
      before: { url: 'https://example.com/a', version: 1, status: 'active' },
      after: { url: 'https://example.com/b', version: 2, status: 'active' },
    });
    expect(rows[1]).toMatchObject({ before: null, after: { url: 'https://example.com/a' } });
  });

  it('hides sealed secrets, hashes and header values, and shows that they are there', () => {
    const rows = audited(tenant, endpoint, {
      type: 'key.created',
      keyId: 'key_2',
      tenantId: 'acme',
      version: 1,
      at: AT,
      name: 'k',
      prefix: 'hw_live_abcd',
      hash: 'the-hash',
      scopes: ['events:write'],
      expiresAt: null,
    });
    expect(JSON.stringify(rows)).not.toMatch(/sealed-|plain-value|the-hash/);
    expect(rows[0]?.after).toMatchObject({ secret: '…' });
    expect(rows[1]?.after).toMatchObject({
      secrets: [{ sealed: '…', until: null }],
      headers: { authorization: '…', 'x-old': '…' },
    });
    expect(rows[2]?.after).toMatchObject({ hash: '…', prefix: 'hw_live_abcd' });
  });

  it('of what changes no state tells what the fact says', () => {
    const asked = {
      type: 'delivery.asked',
      askedBy: 'replay',
      tenantId: 'acme',
      endpointId: 'wh_1',
      deliveryId: 'd',
      at: AT,
    } as const;
    const revealed = { type: 'secret.revealed', tenantId: 'acme', endpointId: null, at: AT } as const;
    expect(audited(tenant, asked, revealed).slice(1)).toMatchObject([
      { subjectKind: 'webhook', before: null, after: null, details: { askedBy: 'replay', deliveryId: 'd' } },
      { type: 'secret.revealed', subjectKind: 'tenant', subjectId: 'acme', details: {} },
    ]);
  });

  it('is written for exactly the facts that the control table applies, but for the progress of replays', () => {
    // Two keys of one hash cannot be: a hash is of 256 random bits, and the table alone could tell.
    const distinct = ({ fact, ...rest }: ControlEntry): ControlEntry => ({
      ...rest,
      fact: fact.type === 'key.created' ? { ...fact, hash: fact.keyId } : fact,
    });
    fc.assert(
      fc.property(arbitraryControlEntries, fc.nat(120), (given, cut) => {
        const entries = given.map(distinct);
        const table = new ControlTable();
        const applied = entries.flatMap((entry, position) =>
          table.apply(entry, position) && entry.fact.type !== 'replay.advanced' ? [position] : [],
        );
        const states = new Map<string, ControlStateRow>();
        const at = entries.map((entry, position) => ({ ...entry, position }));
        // In two slices: what lies between them is in the states alone, as rows of a table.
        const first = auditEntries(states, at.slice(0, cut)).rows;
        const kept = JSON.parse(JSON.stringify([...states])) as [string, ControlStateRow][];
        const second = auditEntries(new Map(kept), at.slice(cut)).rows;
        expect([...first, ...second].map(({ position }) => position)).toEqual(applied);
      }),
      { numRuns: 300 },
    );
  });
});
