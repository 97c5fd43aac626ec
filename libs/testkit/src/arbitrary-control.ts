import fc from 'fast-check';
import { scopes, type ApiKeyFact, type ControlEntry, type ControlFact, type TenantFact } from '#domain';
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
);

/** Facts of two tenants, three endpoints and three keys, in any order and with any version: few of them fit. */
export const arbitraryControlFact: fc.Arbitrary<ControlFact> = fc.oneof(
  { weight: 6, arbitrary: arbitraryEndpointFactOf(endpointIds, tenantIds) },
  { weight: 3, arbitrary: tenantFact },
  { weight: 3, arbitrary: keyFact },
  { weight: 1, arbitrary: otherFact },
);

/** A stretch of `control`, each entry with a fact id of its own. */
export const arbitraryControlEntries: fc.Arbitrary<readonly ControlEntry[]> = fc
  .array(arbitraryControlFact, { maxLength: 120, size: 'max' })
  .map((facts) => facts.map((fact, index) => ({ factId: `fact-${index}`, actor: 'key:root', fact })));
