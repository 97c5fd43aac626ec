import { schema, type JsonSchema } from '#http-edge';

const { anyObject, flag, listOf, moment, objectOf, orNull, text, whole } = schema;

const seconds = (description: string): JsonSchema => ({ type: 'number', description });
const count = (description: string): JsonSchema => whole(description, { minimum: 0 });
const worst = {
  webhook_id: text('Which.'),
  tenant: text('Whose.'),
  origin: text('Scheme, host and port of its URL.'),
};

/** As stats.view.ts shows them. */
export const operationsSchemas: Readonly<Record<string, JsonSchema>> = {
  Stats: objectOf({
    window_seconds: whole('Rates and attempts are those of so many seconds up to now.'),
    rates: objectOf({
      accepted_per_second: seconds('Events.'),
      attempts_per_second: seconds('Requests made.'),
      delivered_per_second: seconds('Deliveries.'),
    }),
    attempts: objectOf({
      made: count('Tests are not counted.'),
      delivered: count('Those that delivered.'),
      success_ratio: orNull(seconds('delivered / made; null: none was made.')),
      duration_seconds: objectOf({
        p50: orNull(seconds('')),
        p95: orNull(seconds('')),
        p99: orNull(seconds('')),
      }),
    }),
    end_to_end_seconds: objectOf(
      { p50: orNull(seconds('')), p95: orNull(seconds('')), p99: orNull(seconds('')) },
      { description: 'From acceptance to the answer that delivered, of events accepted within the window.' },
    ),
    endpoints: objectOf({ active: count(''), off: count(''), failed: count('') }),
    backlog: listOf(
      objectOf({
        due: text('By when it is due.'),
        deliveries: count(''),
        oldest_due_seconds: orNull(seconds('For how long the oldest has been due.')),
        oldest_accepted_at: moment('When the event of the oldest was accepted.'),
      }),
      'What is not settled.',
    ),
    backlog_by_age: listOf(
      objectOf({
        age: text('How long ago the event was accepted.', {
          enum: ['under_1m', 'under_10m', 'under_1h', 'under_6h', 'under_1d', 'older'],
        }),
        pending: count(''),
        held: count(''),
      }),
      'The same deliveries, the youngest first; ages without any are absent.',
    ),
    tiers: listOf(
      objectOf({
        tier: text('Where it waits.'),
        deliveries: count(''),
        oldest_due_at: moment('When the first of them is due.'),
        oldest_due_seconds: orNull(seconds('For how long it has been due.')),
      }),
      'What waits for its next attempt.',
    ),
    worst_endpoints: listOf(
      objectOf({
        ...worst,
        status: text('As of a webhook.'),
        attempts: count(''),
        failed_attempts: count(''),
      }),
      'By failed attempts since yesterday, 10 at most.',
    ),
    disabled_today: listOf(
      objectOf({ ...worst, reason: orNull(text('Why the engine disabled it.')), disabled_at: moment('') }),
      'The latest first, 100 at most.',
    ),
    quarantined: count('Records that nobody could read.'),
    tables_written_at: orNull(moment('All of this is as of then; null: nothing was written yet.')),
  }),
  Processes: objectOf({
    data: listOf(
      objectOf({
        id: text('New at each start.'),
        role: text('Which part of the engine. Standalone has all of them in one process.'),
        host: text('Where it runs.'),
        pid: whole(''),
        version: text('Of the engine.'),
        started_at: moment(''),
        told_at: moment('When it told of itself last; who is silent for seven seconds is gone.'),
        in_flight: orNull(
          count('Attempts under way, or events that wait for the log; null: its role has nothing to count.'),
        ),
        partitions: listOf(count(''), 'Those that it owns.'),
      }),
    ),
    lag: listOf(
      objectOf({ group: text('Who reads.'), topic: text('What.'), records: count('Not done yet.') }),
      'Of the dispatcher in retry topics: what waits in that tier.',
    ),
  }),
  Minutes: objectOf({
    data: listOf(
      objectOf({
        at: moment('Its start.'),
        accepted: count('Events.'),
        attempts: count('Requests made. Tests are not counted.'),
        delivered: count('Those of them that delivered.'),
      }),
      'The current minute and the 59 before it, oldest first.',
    ),
  }),
  AuditEntry: objectOf({
    id: text('Of the fact.'),
    at: moment('When it was decided.'),
    actor: text('Who: key:… , or a part of the engine.'),
    type: text('What was decided.'),
    subject: objectOf({ kind: text('What kind of thing it is about.'), id: orNull(text('')) }),
    tenant: orNull(text('Whose it is; null: of the installation.')),
    before: orNull(anyObject('What it was; secrets and header values are …')),
    after: orNull(anyObject('What it is since.')),
    details: anyObject('What is true of the decision alone.'),
    control_position: count('Where it stands in control.'),
  }),
  RedrivenRecord: objectOf({
    topic: text('As asked.'),
    partition: count('As asked.'),
    offset: count('Of the record that was put there.'),
    redriven: flag('false: it was put there before.'),
    at: moment('When it was put there.'),
  }),
  QuarantinedRecord: objectOf({
    topic: text('Where it stood.'),
    partition: count('Of the topic.'),
    offset: count('Within the partition.'),
    reason: text('Why nobody could read it.'),
    at: moment('When it was put aside.'),
    redriven_at: orNull(moment('When it was put into its topic once more.')),
  }),
};
