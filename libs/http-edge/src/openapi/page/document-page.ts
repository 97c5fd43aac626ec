import type { JsonSchema } from '../json-schema.ts';
import type { OpenApiDocument, PathOperation } from '../open-api-document.ts';
import { html, Html } from './html.ts';
import { operationSection } from './operation-section.ts';
import { schemaTable } from './schema-table.ts';

export const PAGE_STYLE = `
:root { color-scheme: light dark; --line: #8884; --quiet: #888; }
body { font: 16px/1.5 system-ui, sans-serif; margin: 0 auto; max-width: 70rem; padding: 1rem 1.5rem 4rem; }
code, pre { font: 0.9em/1.45 ui-monospace, monospace; }
pre { border: 1px solid var(--line); border-radius: 6px; overflow-x: auto; padding: 0.75rem; }
table { border-collapse: collapse; width: 100%; }
td { border-top: 1px solid var(--line); padding: 0.3rem 0.75rem 0.3rem 0; vertical-align: top; overflow-wrap: anywhere; }
nav ul { columns: 20rem; list-style: none; padding: 0; }
summary { cursor: pointer; padding: 0.4rem 0; }
summary b { display: inline-block; font: 700 0.85em ui-monospace, monospace; width: 4.5rem; }
details { border-top: 1px solid var(--line); }
details > div { padding: 0 0 1rem 4.5rem; }
small { color: var(--quiet); }
h2 { margin-top: 2.5rem; }
h4 { margin: 1rem 0 0.25rem; }
@media (max-width: 40rem) { details > div { padding-left: 0; } }
`;

/** The document for people: one page, no script, readable without a style too. */
export function pageOf(document: OpenApiDocument): string {
  const { components, info, paths, tags } = document;
  const operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
  );
  const sections = tags.map(({ name, description }) => {
    const own = operations.filter(({ operation }) => operation.tags.includes(name));
    return html`<section id="tag-${name}">
      <h2>${name}</h2>
      <p>${description}</p>
      ${own.map((each) => operationSection({ ...each, document }))}
    </section>`;
  });
  // Outside of the template: its hash stands in the policy, to the blank.
  const style = new Html(`<style>${PAGE_STYLE}</style>`);
  const page = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${String(info['title'])} REST API</title>
        ${style}
      </head>
      <body>
        <h1>${String(info['title'])} REST API</h1>
        <p>${String(info['description'])} The same for programs: <a href="/openapi.json">openapi.json</a>.</p>
        <nav>
          <ul>
            ${operations.map(contentsLine)}
          </ul>
        </nav>
        ${sections}
        <h2>Schemas</h2>
        ${Object.entries(components.schemas).map(schemaSection)}
      </body>
    </html>`;
  return page.text;
}

function contentsLine({ operation }: { readonly operation: PathOperation }): Html {
  return html`<li><a href="#${operation.operationId}">${operation.summary}</a></li>`;
}

function schemaSection([name, schema]: readonly [string, JsonSchema]): Html {
  return html`<h4 id="schema-${name}">${name}</h4>
    <p>${schema.description ?? ''}</p>
    ${schemaTable(schema)}`;
}
