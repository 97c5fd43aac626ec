import { replayActions, replayableStatuses, replayWhats, skipReasons } from '#domain';
import { schema, type JsonSchema } from '#http-edge';
import { deliveryStatuses } from '../../rest/list.queries.ts';

const { flag, listOf, moment, objectOf, orNull, text, whole } = schema;

const count = (description: string): JsonSchema => whole(description, { minimum: 0 });
const countsBy = (names: readonly string[], description: string): JsonSchema =>
  objectOf(Object.fromEntries(names.map((name) => [name, count('')])), { optional: names, description });
const skipped = countsBy(skipReasons, 'What is not sent, and why.');

const replay = {
  id: text('rpl_…'),
  tenant: text('Whose it is.'),
  state: text('Of the job.', { enum: ['running', 'paused', 'cancelled', 'finished'] }),
  what: text('What it is about.', { enum: replayWhats }),
  action: text('What it does with it.', { enum: replayActions }),
  filter: objectOf({
    webhook: orNull(text('null: any.')),
    types: listOf(text(''), 'Empty: all.'),
    status: listOf(text('', { enum: replayableStatuses }), 'Empty: the kind of job says it.'),
    since: orNull(moment('')),
    until: orNull(moment('')),
  }),
  restamp: flag('Are the bodies given a new time?'),
  include_inactive: flag('Are webhooks that are off or failed sent to?'),
  rate: { type: 'number', description: 'Deliveries a second.' },
  chain: whole('Of the attempts that it asks for.'),
  total: count('As counted when it began.'),
  done: count('Asked for or skipped.'),
  asked: count('Sent, or discarded.'),
  skipped,
  remaining: count('Not looked at yet.'),
  eta_seconds: orNull(count('At its rate; null: it stands still.')),
  created_at: moment(''),
  updated_at: moment(''),
};

/** As replay.view.ts shows them. */
export const replaySchemas: Readonly<Record<string, JsonSchema>> = {
  Replay: objectOf(replay),
  ReplayWithOutcomes: objectOf({
    ...replay,
    outcomes: orNull(
      countsBy(deliveryStatuses, 'How its deliveries stand; null: the history does not answer now.'),
    ),
  }),
  ReplayPlan: objectOf({
    dry_run: { const: true },
    total: count('What it would look at.'),
    to_send: count('What it would send.'),
    skipped,
    up_to_date: flag('Have the tables got as far as the log?'),
  }),
};
