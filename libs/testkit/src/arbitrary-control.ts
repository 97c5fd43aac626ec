import fc from 'fast-check';
import {
  scopes,
  type ApiKeyFact,
  type ControlEntry,
  type ControlFact,
  type ReplayFact,
  type TenantFact,
} from '#domain';
import { arbitraryEndpointFactOf } from './arbitrary-endpoint.ts';

const tenantIds = ['acme', 'globex'] as const;
const endpointIds = ['wh_1', 'wh_2', 'wh_3'] as const;
const keyIds = ['key_1', 'key_2', 'key_3'] as const;

const tenantId = fc.constantFrom(...tenantIds);
// Few and low, so that facts fit each other often enough to matter.
const version = fc.integer({ min: 1, max: 4 });
const at = fc.nat();
const attributes = fc.constantFrom({}, { chatbotId: 'cb_1' });

const tenantHead = { tenantId, version, at };
const tenantFact: fc.Arbitrary<TenantFact> = fc.oneof(
  fc.record({
    type: fc.constant('tenant.created' as const),
    ...tenantHead,
    name: fc.string({ maxLength: 5 }),
    contract: fc.constantFrom('hyprwatch', 'hyperspell'),
    attributes,
    secret: fc.option(fc.constant('k1.sealed')),
    entitled: fc.boolean(),
  }),
  fc.record({
    type: fc.constant('tenant.updated' as const),
    ...tenantHead,
    name: fc.string({ maxLength: 5 }),
    attributes,
    entitled: fc.boolean(),
  }),
  fc.record({
    type: fc.constant('tenant.secret-set' as const),
    ...tenantHead,
    secret: fc.constant('k1.other'),
  }),
  fc.record({
    type: fc.constant('tenant.secret-rewrapped' as const),
    ...tenantHead,
    secret: fc.constant('k2.other'),
  }),
  fc.record({ type: fc.constant('tenant.deleted' as const), ...tenantHead }),
);

const keyHead = { keyId: fc.constantFrom(...keyIds), version, at };
const keyFact: fc.Arbitrary<ApiKeyFact> = fc.oneof(
  fc.record({
    type: fc.constant('key.created' as const),
    ...keyHead,
    tenantId: fc.option(tenantId),
    name: fc.constant('k'),
    prefix: fc.constant('hw_live_abcd'),
    hash: fc.constantFrom('aa', 'bb'),
    scopes: fc.subarray([...scopes]),
    expiresAt: fc.option(fc.nat()),
  }),
  fc.record({ type: fc.constant('key.revoked' as const), ...keyHead }),
);

const replayHead = { replayId: fc.constantFrom('rpl_1', 'rpl_2'), tenantId, version, at };
const progress = fc.constant({ cursor: { at: 1, id: 'a' }, asked: 1, skipped: {}, askedFrom: 1 });
const replayFact: fc.Arbitrary<ReplayFact> = fc.oneof(
  fc.record({
    type: fc.constant('replay.started' as const),
    ...replayHead,
    action: fc.constantFrom('replay' as const, 'release' as const, 'discard' as const),
    selection: fc.constant({
      what: 'failed' as const,
      endpointId: null,
      types: [],
      statuses: ['failed' as const],
      since: 1,
      until: null,
      terms: [],
    }),
    restamp: fc.boolean(),
    includeInactive: fc.boolean(),
    ratePerSecond: fc.constant(200),
    total: fc.nat(),
    askedFrom: fc.nat(),
  }),
  fc.record({
    type: fc.constantFrom('replay.paused' as const, 'replay.resumed' as const, 'replay.cancelled' as const),
    ...replayHead,
  }),
  fc.record({ type: fc.constant('replay.rate-set' as const), ...replayHead, ratePerSecond: fc.constant(5) }),
  fc.record({
    type: fc.constantFrom('replay.advanced' as const, 'replay.finished' as const),
    ...replayHead,
    progress,
  }),
);

const otherFact: fc.Arbitrary<ControlFact> = fc.oneof(
  fc.record({
    type: fc.constant('installation.created' as const),
    partitions: fc.integer({ min: 1, max: 64 }),
    timeScale: fc.constantFrom(1, 0.01),
    at,
  }),
  fc.record({
    type: fc.constant('delivery.asked' as const),
    askedBy: fc.constantFrom('test' as const, 'replay' as const),
    tenantId,
    endpointId: fc.constantFrom(...endpointIds),
    deliveryId: fc.option(fc.uuid()),
    at,
  }),
  fc.record({
    type: fc.constant('secret.revealed' as const),
    tenantId,
    endpointId: fc.option(fc.constantFrom(...endpointIds)),
    at,
  }),
  fc.record({
    type: fc.constant('installation.exported' as const),
    what: fc.constantFrom('export' as const, 'backup' as const),
    tenants: fc.nat(),
    keys: fc.nat(),
    endpoints: fc.nat(),
    at,
  }),
  fc.record({
    type: fc.constant('data.erased' as const),
    tenantId,
    eventIds: fc.option(fc.array(fc.string(), { maxLength: 3 })),
    at,
  }),
  fc.record({
    type: fc.constant('record.redriven' as const),
    recordId: fc.constantFrom('events/0/1', 'retry.5m/3/7'),
    offset: fc.nat(),
    at,
  }),
);

/** Facts of two tenants, three endpoints, three keys and two replays, in any order and with any version: few of them fit. */
export const arbitraryControlFact: fc.Arbitrary<ControlFact> = fc.oneof(
  { weight: 6, arbitrary: arbitraryEndpointFactOf(endpointIds, tenantIds) },
  { weight: 3, arbitrary: tenantFact },
  { weight: 3, arbitrary: keyFact },
  { weight: 3, arbitrary: replayFact },
  { weight: 1, arbitrary: otherFact },
);

/** A stretch of `control`, each entry with a fact id of its own. */
export const arbitraryControlEntries: fc.Arbitrary<readonly ControlEntry[]> = fc
  .array(arbitraryControlFact, { maxLength: 120, size: 'max' })
  .map((facts) => facts.map((fact, index) => ({ factId: `fact-${index}`, actor: 'key:root', fact })));
