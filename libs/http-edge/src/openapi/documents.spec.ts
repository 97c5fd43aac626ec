import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { addDocuments } from './documents.ts';
import { schema } from './json-schema.ts';
import { openApiDocument } from './open-api-document.ts';
import { probeOperations } from './probe-operations.ts';
import { publishOperation, publishSchemas } from './publish-operation.ts';

interface Served {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

const document = openApiDocument({
  operations: [
    { ...publishOperation, summary: 'Publish <script>alert(1)</script> & "more"' },
    ...probeOperations,
  ],
  schemas: { ...publishSchemas, Odd: schema.objectOf({ '<b>': schema.text("it's <i>") }) },
  tags: { Events: 'e', Health: 'h' },
});

async function serve(path: string): Promise<Served> {
  const handlers = new Map<string, (request: unknown, reply: never) => Promise<unknown>>();
  addDocuments({ get: (name, handler) => handlers.set(name, handler) }, document);
  const headers: Record<string, string> = {};
  const reply = {
    header(name: string, value: string) {
      headers[name] = value;
      return reply;
    },
  };
  const body = await handlers.get(path)?.(undefined, reply as never);
  return { headers, body: String(body) };
}

describe('the documents of the API', () => {
  it('are the same for programs and for people', async () => {
    const { headers, body } = await serve('/openapi.json');
    expect(headers['content-type']).toBe('application/json');
    expect(JSON.parse(body)).toEqual(JSON.parse(JSON.stringify(document)));
    const page = await serve('/docs');
    for (const text of [
      '/api/v1/events',
      'publishEvents',
      'events:write',
      '/readyz',
      'occurred_at',
      'evt_1',
    ]) {
      expect(page.body).toContain(text);
    }
  });

  it('show as text whatever they are about', async () => {
    const { body } = await serve('/docs');
    expect(body).not.toMatch(/<script|<b>:|<i>/);
    expect(body).toContain('&lt;script&gt;alert(1)&lt;/script&gt; &amp; &quot;more&quot;');
    expect(body).toContain('it&#39;s &lt;i&gt;');
  });

  it('allow themselves their own style and nothing else', async () => {
    const { headers, body } = await serve('/docs');
    const style = /<style>([\s\S]*?)<\/style>/.exec(body)?.[1] ?? '';
    const hash = createHash('sha256').update(style).digest('base64');
    expect(headers['content-security-policy']).toMatch(/^default-src 'none'; style-src 'sha256-/);
    expect(headers['content-security-policy']).toContain(`'sha256-${hash}'`);
    expect(body).not.toMatch(/ style=| on\w+=|src=|https?:\/\//);
  });

  it('lead every link to a place on the page', async () => {
    const { body } = await serve('/docs');
    const ids = new Set([...body.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id));
    const targets = [...body.matchAll(/href="#([^"]+)"/g)].map(([, id]) => id);
    expect(targets.length).toBeGreaterThan(10);
    expect(targets.filter((target) => !ids.has(target))).toEqual([]);
  });
});
