import type { JsonSchema } from '../json-schema.ts';
import type { OpenApiDocument, PathOperation } from '../open-api-document.ts';
import { html, type Html } from './html.ts';
import { fieldTable, schemaTable, type Field } from './schema-table.ts';

interface Shown {
  readonly document: OpenApiDocument;
  readonly method: string;
  readonly operation: PathOperation;
  readonly path: string;
}

interface Content {
  readonly schema: JsonSchema;
  readonly example?: unknown;
}

/** One call: who may make it, what it takes, what it answers. */
export function operationSection({ document, method, operation, path }: Shown): Html {
  const { description = '', operationId, requestBody, summary } = operation;
  const parameters = operation.parameters.map((each) => fieldOf(document, each));
  const [body] = contentsOf(requestBody);
  return html`<details id="${operationId}">
    <summary><b>${method.toUpperCase()}</b><code>${path}</code> ${summary}</summary>
    <div>
      <p>${description} <small>${accessOf(operation)}</small></p>
      ${
        parameters.length === 0
          ? ''
          : html`<h4>Takes</h4>
              ${fieldTable(parameters)}`
      }
      ${
        body === undefined
          ? ''
          : html`<h4>Body</h4>
              ${contentOf(body)}`
      }
      <h4>Answers</h4>
      ${Object.entries(operation.responses).map(([status, response]) =>
        status.startsWith('2') ? successOf(status, response as Readonly<Record<string, unknown>>) : '',
      )}
      <p>Problems: ${operation['x-problem-codes'].map((code) => html`<code>${code}</code> `)}</p>
    </div>
  </details>`;
}

function successOf(status: string, response: Readonly<Record<string, unknown>>): Html {
  const headers = Object.keys(response['headers'] ?? {});
  const [content] = contentsOf(response);
  return html`<p>
      <b>${status}</b> ${String(response['description'])}
      ${headers.length === 0 ? '' : html`<small>Headers: ${headers.join(', ')}</small>`}
    </p>
    ${content === undefined ? '' : contentOf(content)}`;
}

function contentOf({ example, schema }: Content): Html {
  return html`${schemaTable(schema)}${
    example === undefined ? '' : html`<pre>${JSON.stringify(example, null, 2)}</pre>`
  }`;
}

function contentsOf(holder: Readonly<Record<string, unknown>> | undefined): readonly Content[] {
  return Object.values((holder?.['content'] ?? {}) as Readonly<Record<string, Content>>);
}

function fieldOf(document: OpenApiDocument, parameter: Readonly<Record<string, unknown>>): Field {
  const name = String(parameter['$ref']).split('/').at(-1) ?? '';
  const shared = document.components['parameters'] as Readonly<Record<string, Record<string, unknown>>>;
  const found = shared[name] ?? parameter;
  const schema = { ...(found['schema'] as JsonSchema), description: String(found['description']) };
  return { name: String(found['name']), required: found['required'] === true, schema };
}

function accessOf({ security }: PathOperation): string {
  const [first] = security;
  if (first === undefined) return 'Needs no key.';
  const [scope] = first['apiKey'] ?? [];
  return scope === undefined ? 'Needs a key.' : `Needs a key with the scope ${scope}.`;
}
