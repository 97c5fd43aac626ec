/** A column's type as PostgreSQL names it, and what it holds. */
type Column = readonly [type: string, meaning: string];

export interface DashboardView {
  readonly shows: string;
  /** In order. */
  readonly columns: Readonly<Record<string, Column>>;
}

const tenant: Column = ['text', 'tenant id'];
const contract: Column = ['text', 'its contract; null: the tenant is not known yet'];
const endpoint: Column = ['text', 'endpoint id'];
const origin: Column = ['text', 'scheme, host and port of its URL; path and query may hold credentials'];
const status: Column = ['text', '`active`, `off`, `failed`'];
const reason: Column = ['text', 'why the engine disabled it; else null'];
const hour: Column = ['timestamp with time zone', 'start of the hour, UTC'];
const attempts: Column = ['bigint', 'requests made'];
const failedAttempts: Column = ['bigint', 'those that did not deliver'];
const seconds = (meaning: string): Column => ['double precision', meaning];
const count = (meaning: string): Column => ['bigint', meaning];
const time = (meaning: string): Column => ['timestamp with time zone', meaning];

/**
 * What dashboards of other teams are built upon. A view is never dropped, a column neither renamed, retyped nor moved:
 * `views.int.spec.ts` compares with the database, docs/views.md is written from here.
 */
export const dashboardViews: Readonly<Record<string, DashboardView>> = {
  endpoint_status: {
    shows: 'every endpoint that is not deleted, and its attempts since midnight UTC',
    columns: {
      tenant_id: tenant,
      tenant_name: ['text', 'as it was named'],
      contract,
      endpoint_id: endpoint,
      origin,
      status,
      reason,
      term: ['integer', 'grows with every change to `active`'],
      created_at: time('when it was created'),
      updated_at: time('its last change'),
      attempts_today: ['integer', 'requests made'],
      failed_attempts_today: ['integer', 'those that did not deliver'],
      delivered_today: ['integer', 'deliveries that were delivered'],
    },
  },
  events_by_hour: {
    shows: 'events by the hour in which they were accepted; the last 7 days',
    columns: {
      hour,
      tenant_id: tenant,
      contract: ['text', 'its contract'],
      events: count('accepted'),
      duplicates: count('copies of them that reached the log'),
    },
  },
  deliveries_by_hour: {
    shows: 'deliveries by the hour of acceptance and where they stand now; the last 7 days, without tests',
    columns: {
      hour,
      tenant_id: tenant,
      contract,
      status: ['text', '`pending`, `delivered`, `failed`, `expired`, `held`, `cancelled`'],
      deliveries: count('how many'),
    },
  },
  deliveries_by_day: {
    shows: 'what attempts came to on each UTC day, for as long as the tables go back; without tests',
    columns: {
      day: ['date', 'by the time of the outcome'],
      tenant_id: tenant,
      contract,
      attempts,
      failed_attempts: failedAttempts,
      delivered: count('chains that ended so'),
      failed: count('…'),
      expired: count('…'),
      held: count('…'),
      cancelled: count('…'),
      success_ratio: ['double precision', 'delivered of delivered, failed and expired; null: none ended so'],
    },
  },
  attempts_by_hour: {
    shows: 'attempts of the last 24 hours by hour: how many went well, and how long they took; without tests',
    columns: {
      hour,
      attempts,
      failed_attempts: failedAttempts,
      success_ratio: ['double precision', 'of attempts'],
      p50_seconds: seconds('half of them took no longer'),
      p95_seconds: seconds('95 %'),
      p99_seconds: seconds('99 %'),
    },
  },
  failing_endpoints: {
    shows: 'endpoints with failed attempts since midnight UTC of yesterday',
    columns: {
      tenant_id: tenant,
      endpoint_id: endpoint,
      origin,
      status,
      reason,
      attempts,
      failed_attempts: failedAttempts,
      failure_ratio: ['double precision', 'of attempts'],
    },
  },
  endpoints_disabled_today: {
    shows: 'endpoints that the engine disabled and whose last change is of today (UTC)',
    columns: {
      tenant_id: tenant,
      endpoint_id: endpoint,
      origin,
      reason: ['text', 'why'],
      disabled_at: time('its last change: the disabling, unless somebody changed it since'),
    },
  },
  backlog: {
    shows: 'deliveries that are not settled, by when they are due',
    columns: {
      due: ['text', '`at_once`, `overdue`, `within_1m`, `within_10m`, `within_1h`, `later`, `held`'],
      deliveries: count('how many'),
      oldest_due_seconds: seconds('for how long the oldest is due; 0: not yet; null: `held`'),
      oldest_accepted_at: time('when the oldest was accepted'),
    },
  },
  waiting_by_tier: {
    shows: 'deliveries that wait for their next attempt, by the tier that they were placed in first',
    columns: {
      tier: ['text', 'name of the tier; `deferred`: stepped aside'],
      deliveries: count('how many'),
      oldest_due_at: time('when the first is due'),
      oldest_due_seconds: seconds('for how long it is due; 0: not yet'),
    },
  },
  quarantine: {
    shows: 'records that nobody could read',
    columns: {
      topic: ['text', 'where it stands'],
      log_partition: ['integer', '…'],
      log_offset: ['bigint', '…'],
      reason: ['text', 'what is wrong'],
      at: time('when it was found'),
    },
  },
  projection_progress: {
    shows: 'how far the tables have got',
    columns: {
      projection: ['text', 'name of the projection'],
      topic: ['text', 'what it reads'],
      log_partition: ['integer', '…'],
      next_offset: ['bigint', 'the first record that is not in the tables'],
      updated_at: time('when it moved last'),
    },
  },
};
