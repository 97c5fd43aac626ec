import { scopes } from '#domain';
import { schema, type JsonSchema } from '#http-edge';

const { flag, listOf, moment, objectOf, orNull, ref, text, textsByName, whole } = schema;

const key = {
  id: text('key_…'),
  prefix: text('Its first characters, to tell keys apart.'),
  name: text(''),
  tenant: orNull(text('Whom it speaks for; null: a root key.')),
  scopes: listOf(text('', { enum: scopes }), 'What it may do.'),
  expires_at: orNull(moment('null: never.')),
  created_at: moment(''),
};

/** As tenant.view.ts and the keys' controller show them. */
export const operatorSchemas: Readonly<Record<string, JsonSchema>> = {
  Tenant: objectOf({
    id: text('As given, or ten_…'),
    name: text(''),
    contract: text('How its webhooks are sent; never changes.'),
    attributes: textsByName('As its contract asks for them.'),
    entitled: flag('Does its plan include webhooks?'),
    limits: objectOf(
      {
        max_endpoints: orNull(whole('Webhooks that it may have.')),
        events_per_second: orNull(whole('Events that each process takes in a second.')),
        max_payload_bytes: orNull(whole('Bytes of data of one event.')),
      },
      { description: 'What its plan includes; null: what the installation gives every tenant.' },
    ),
    has_secret: flag('Has it a secret of its own to sign with?'),
    created_at: moment(''),
  }),
  Key: objectOf(
    {
      ...key,
      last_used_at: orNull(
        moment('To about a minute; null: never. Absent while the history does not answer.'),
      ),
    },
    { optional: ['last_used_at'] },
  ),
  PortalToken: objectOf({
    token: text('Sent as a key is; shown here and never again.'),
    tenant: text('Whom it speaks for.'),
    scopes: listOf(text('', { enum: scopes }), 'What it may do: no more than the key that issued it.'),
    expires_at: moment(''),
  }),
  Me: objectOf({
    credential: text('What was sent.', { enum: ['key', 'portal_token'] }),
    scopes: listOf(text('', { enum: scopes }), 'What it may do.'),
    tenant: orNull(ref('Tenant')),
  }),
  KeyWithText: objectOf({ ...key, key: text('The key itself, shown here and never again.') }),
};
