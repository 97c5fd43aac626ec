import { scopes } from '#domain';
import { schema, type JsonSchema } from '#http-edge';

const { flag, listOf, moment, objectOf, orNull, text, textsByName } = schema;

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
    has_secret: flag('Has it a secret of its own to sign with?'),
    created_at: moment(''),
  }),
  Key: objectOf(key),
  KeyWithText: objectOf({ ...key, key: text('The key itself, shown here and never again.') }),
};
