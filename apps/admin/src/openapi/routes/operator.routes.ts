import { schema } from '#http-edge';
import { PortalTokensController } from '../../rest/portal-tokens.controller.ts';
import { KeysController } from '../../rest/keys.controller.ts';
import { TenantsController } from '../../rest/tenants.controller.ts';
import { changed, created, page, removed, revealed, shown, shownVersion } from '../answers.ts';
import { describeRoutes } from '../described-routes.ts';

const tenant = {
  id: 'acme',
  name: 'Acme',
  contract: 'hyprwatch',
  attributes: {},
  entitled: true,
  limits: { max_endpoints: null, events_per_second: null, max_payload_bytes: null },
  has_secret: false,
  created_at: '2026-11-21T12:27:45.000Z',
};
const change = 'What is absent stays; attributes and limits that are named are replaced.';

export const tenantRoutes = describeRoutes(TenantsController, 'Tenants', {
  create: {
    id: 'createTenant',
    summary: 'Make a tenant',
    access: 'admin',
    example: { name: 'Acme', contract: 'hyprwatch' },
    answers: created('Tenant', tenant),
    problems: ['already_exists'],
  },
  list: {
    id: 'listTenants',
    summary: 'List tenants, oldest first',
    access: 'admin',
    answers: page('Tenant', false),
  },
  get: {
    id: 'getTenant',
    summary: 'Read a tenant',
    access: 'admin',
    answers: shownVersion('Tenant', tenant),
  },
  patch: {
    id: 'updateTenant',
    summary: 'Change a tenant',
    description: change,
    access: 'admin',
    example: { name: 'Acme Corporation' },
    answers: changed('Tenant', { ...tenant, name: 'Acme Corporation' }),
  },
  put: {
    id: 'putTenant',
    summary: 'Change a tenant, like PATCH',
    description: change,
    access: 'admin',
    example: { entitled: true },
    answers: changed('Tenant', tenant),
  },
  setSecret: {
    id: 'setTenantSecret',
    summary: 'Set the secret of a tenant whose contract signs with it',
    access: 'admin',
    example: { secret: 'the-jwt-secret-of-the-app' },
    answers: changed('Tenant', {
      ...tenant,
      contract: 'hyperspell',
      attributes: { app: 'demo' },
      has_secret: true,
    }),
  },
  reveal: {
    id: 'revealTenantSecret',
    summary: "Show a tenant's own secret",
    description: 'Who asked, and when, is in the audit before it is shown.',
    access: 'admin',
    answers: revealed,
  },
  delete: {
    id: 'deleteTenant',
    summary: 'Delete a tenant, with its webhooks and keys',
    access: 'admin',
    answers: removed,
  },
});

export const keyRoutes = describeRoutes(KeysController, 'Keys', {
  create: {
    id: 'createKey',
    summary: 'Make a key',
    description: 'Without a tenant: a root key. The key is shown in this answer alone.',
    access: 'admin',
    example: { name: 'backend', scopes: ['admin'] },
    answers: {
      201: {
        description: 'Made.',
        schema: schema.ref('KeyWithText'),
        headers: ['position', 'replayed'],
        example: {
          id: 'key_2knsn75h3pq1s3xff6rm',
          key: 'hh_root_k_0aFcofjKu9rARtwTopHkFUjTIKRGltDB3rRzn2sto',
          prefix: 'hh_root_k_0a',
          name: 'backend',
          tenant: null,
          scopes: ['admin'],
          expires_at: null,
          created_at: '2026-11-21T12:27:45.000Z',
        },
      },
    },
  },
  list: { id: 'listKeys', summary: 'List keys, oldest first', access: 'admin', answers: page('Key', false) },
  get: {
    id: 'getKey',
    summary: 'Read a key, with its last use',
    access: 'admin',
    answers: shown('Key', {
      id: 'key_2knsn75h3pq1s3xff6rm',
      prefix: 'hw_live_pHiR',
      name: 'backend',
      tenant: 'acme',
      scopes: ['events:write'],
      expires_at: null,
      created_at: '2026-11-21T12:27:45.000Z',
      last_used_at: null,
    }),
  },
  revoke: { id: 'revokeKey', summary: 'Revoke a key, at once', access: 'admin', answers: removed },
});

export const portalTokenRoutes = describeRoutes(PortalTokensController, 'Tenants', {
  issue: {
    id: 'issuePortalToken',
    summary: "Issue a token for a customer's own page",
    description:
      'It speaks for this tenant, for a day at most, and ends with the key that issues it. Everything but publishing takes it in ' +
      'the place of a key.',
    access: 'endpoints:write',
    example: { expires_in_seconds: 900 },
    answers: {
      201: {
        description: 'Made, and stored nowhere.',
        schema: schema.ref('PortalToken'),
        headers: ['replayed'],
      },
    },
    problems: ['forbidden'],
  },
});
