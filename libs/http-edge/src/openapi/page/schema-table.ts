import type { JsonSchema } from '../json-schema.ts';
import { html, type Html } from './html.ts';

/** The members of an object as rows; of a list, those of what it lists; of anything else, its type in words. */
export function schemaTable(schema: JsonSchema): Html {
  const properties = schema['properties'] as Readonly<Record<string, JsonSchema>> | undefined;
  if (properties === undefined) return html`<p>${typeOf(schema)}</p>`;
  const required = (schema['required'] ?? []) as readonly string[];
  return fieldTable(
    Object.entries(properties).map(([name, field]) => ({
      name,
      required: required.includes(name),
      schema: field,
    })),
  );
}

export interface Field {
  readonly name: string;
  readonly required: boolean;
  readonly schema: JsonSchema;
}

export function fieldTable(fields: readonly Field[]): Html {
  const rows = fields.map(
    ({ name, required, schema }) =>
      html`<tr>
        <td><code>${name}</code>${required ? '' : html` <small>optional</small>`}</td>
        <td>${typeOf(schema)}</td>
        <td>${schema.description ?? ''}</td>
      </tr>`,
  );
  return html`<table>
    ${rows}
  </table>`;
}

/** `text, 1 to 200 characters`; a schema with a name leads to it. */
function typeOf(schema: JsonSchema): Html {
  const { $ref: name, items, type, enum: values, const: only } = schema;
  if (typeof name === 'string') return refOf(name);
  const choices = (schema['oneOf'] ?? schema['anyOf']) as readonly JsonSchema[] | undefined;
  if (choices !== undefined) {
    return html`${choices.map((choice, index) => html`${index === 0 ? '' : ' or '}${typeOf(choice)}`)}`;
  }
  if (items !== undefined) return html`list of ${typeOf(items as JsonSchema)}${boundsOf(schema)}`;
  if (only !== undefined) return html`<code>${JSON.stringify(only)}</code>`;
  if (Array.isArray(values))
    return html`${values.map((value) => html`<code>${JSON.stringify(value)}</code> `)}`;
  const types = (Array.isArray(type) ? type : [type ?? 'anything']) as readonly string[];
  return html`${types.map((each) => words[each] ?? each).join(' or ')}${formatOf(schema)}${boundsOf(schema)}`;
}

const words: Readonly<Record<string, string>> = {
  string: 'text',
  integer: 'whole number',
  boolean: 'true or false',
  array: 'list',
};

function refOf(ref: string): Html {
  const name = ref.split('/').at(-1) ?? '';
  return html`<a href="#schema-${name}">${name}</a>`;
}

function formatOf({ format, pattern }: JsonSchema): Html {
  if (format === 'date-time') return html`, RFC 3339`;
  if (typeof format === 'string') return html`, ${format}`;
  return typeof pattern === 'string' ? html`, matches <code>${pattern}</code>` : html``;
}

function boundsOf(schema: JsonSchema): string {
  const bounds = [
    ['minLength', 'maxLength', ' characters'],
    ['minItems', 'maxItems', ' items'],
    ['minimum', 'maximum', ''],
  ] as const;
  return bounds
    .map(([low, high, unit]) => {
      const [from, to] = [schema[low], schema[high]] as readonly (number | undefined)[];
      if (from === undefined && to === undefined) return '';
      if (to === undefined) return `, ${from}${unit} or more`;
      return from === undefined ? `, at most ${to}${unit}` : `, ${from} to ${to}${unit}`;
    })
    .join('');
}
