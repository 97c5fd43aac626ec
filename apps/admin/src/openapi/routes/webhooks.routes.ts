import { WebhookActionsController } from '../../rest/webhook-actions.controller.ts';
import { WebhooksController } from '../../rest/webhooks.controller.ts';
import { changed, created, page, removed, replayBegun, revealed, shownVersion } from '../answers.ts';
import { describeRoutes } from '../described-routes.ts';
import { schema } from '#http-edge';

const webhook = {
  id: 'wh_9cj6kvw9t4xygd8qwf8q',
  url: 'https://example.com/hook',
  events: ['host.online'],
  active: true,
  status: 'active',
  created_at: '2026-11-21T12:27:45Z',
  description: '',
  headers: [],
  limits: { per_second: null, concurrency: null },
};
const withSecret = { ...webhook, secret: 'whsec_uHijtrFKfweiEmvRhOyRgYmL54y6e7/h0A5TLZLpKMU=' };
const change =
  'What is absent stays. "active": true enables one that is off or failed, and releases what was held.';

export const webhookRoutes = describeRoutes(WebhooksController, 'Webhooks', {
  create: {
    id: 'createWebhook',
    summary: 'Register an endpoint',
    description: 'The secret is shown in this answer, and again only on rotation.',
    access: 'endpoints:write',
    example: { url: 'https://example.com/hook', events: ['host.online'] },
    answers: created('WebhookWithSecret', withSecret),
    problems: ['not_entitled', 'too_many_webhooks'],
  },
  list: {
    id: 'listWebhooks',
    summary: 'List endpoints, oldest first',
    access: 'endpoints:read',
    answers: page('Webhook', false),
  },
  get: {
    id: 'getWebhook',
    summary: 'Read an endpoint, with its latest deliveries',
    access: 'endpoints:read',
    answers: shownVersion('WebhookWithDeliveries', {
      ...webhook,
      held: 0,
      deliveries: { data: [], next: null },
    }),
  },
  patch: {
    id: 'updateWebhook',
    summary: 'Change an endpoint',
    description: change,
    access: 'endpoints:write',
    example: { description: 'production' },
    answers: changed('Webhook', { ...webhook, description: 'production' }),
    problems: ['not_entitled'],
  },
  put: {
    id: 'putWebhook',
    summary: 'Change an endpoint, like PATCH',
    description: change,
    access: 'endpoints:write',
    example: { events: ['host.online', 'host.offline'] },
    answers: changed('Webhook', { ...webhook, events: ['host.online', 'host.offline'] }),
    problems: ['not_entitled'],
  },
  delete: {
    id: 'deleteWebhook',
    summary: 'Delete an endpoint',
    description: 'What still waits for it becomes cancelled; its history stays.',
    access: 'endpoints:write',
    answers: removed,
  },
});

export const webhookActionRoutes = describeRoutes(WebhookActionsController, 'Webhooks', {
  rotate: {
    id: 'rotateWebhookSecret',
    summary: 'Give an endpoint a new secret',
    description: 'In force from the next attempt of every delivery on, waiting ones included.',
    access: 'endpoints:write',
    example: { grace_period_seconds: 3_600 },
    answers: changed('WebhookWithSecret', withSecret),
    problems: ['not_entitled'],
  },
  expire: {
    id: 'expireOldSecrets',
    summary: 'End the grace period of earlier secrets now',
    access: 'endpoints:write',
    answers: changed('Webhook', webhook),
  },
  reveal: {
    id: 'revealWebhookSecret',
    summary: 'Show the secrets of an endpoint',
    description: 'Who asked, and when, is in the audit before they are shown.',
    access: 'secrets:reveal',
    answers: revealed,
  },
  enable: {
    id: 'enableWebhook',
    summary: 'Switch an endpoint on',
    access: 'endpoints:write',
    example: { held: 'release' },
    answers: changed('Webhook', webhook),
    problems: ['not_entitled'],
  },
  disable: {
    id: 'disableWebhook',
    summary: 'Switch an endpoint off',
    description: 'No deliveries are made for new events; what comes due becomes cancelled.',
    access: 'endpoints:write',
    answers: changed('Webhook', { ...webhook, active: false, status: 'off' }),
  },
  releaseHeld: {
    id: 'releaseHeld',
    summary: 'Send what was left held, as a replay',
    access: 'deliveries:replay',
    example: { rate: 100 },
    answers: replayBegun,
    problems: ['not_entitled'],
  },
  discardHeld: {
    id: 'discardHeld',
    summary: 'End what is held, as a replay that sends nothing',
    access: 'deliveries:replay',
    example: { rate: 100 },
    answers: replayBegun,
  },
  test: {
    id: 'testWebhook',
    summary: 'Send a test event',
    description: 'A valid sample, one attempt, never counted against the endpoint. 10 a minute for each.',
    access: 'endpoints:write',
    example: { type: 'host.online' },
    answers: {
      200: {
        description: 'What came of it.',
        schema: schema.ref('TestResult'),
        headers: ['position', 'replayed'],
        example: {
          delivery_id: '284b2746-93a5-5d8b-8c39-0a5ad2a3a4d1',
          type: 'host.online',
          status: 'delivered',
          status_code: 204,
          duration_ms: 3,
          error: null,
        },
      },
      202: {
        description: 'No outcome came in time; the delivery will have it.',
        schema: schema.ref('TestResult'),
        headers: ['position', 'replayed'],
      },
    },
    problems: ['not_entitled'],
  },
});
