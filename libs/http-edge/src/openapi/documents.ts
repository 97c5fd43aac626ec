import { createHash } from 'node:crypto';
import type { OpenApiDocument } from './open-api-document.ts';
import { pageOf, PAGE_STYLE } from './page/document-page.ts';

interface Reply {
  header(name: string, value: string): this;
}

/** The little of Fastify that is needed; its instance fits. */
interface DocumentHost {
  get(path: string, handler: (request: unknown, reply: Reply) => Promise<unknown>): unknown;
}

/**
 * `/openapi.json`, and the same as a page at `/docs`. Without a key: they hold nothing that the repository does not. The
 * page has no script at all, and its policy allows the one style that it brings. Add them before the server listens.
 */
export function addDocuments(host: DocumentHost, document: OpenApiDocument): void {
  const json = Buffer.from(JSON.stringify(document));
  const page = Buffer.from(pageOf(document));
  const style = createHash('sha256').update(PAGE_STYLE).digest('base64');
  const policy = `default-src 'none'; style-src 'sha256-${style}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`;
  const serve = (path: string, type: string, body: Buffer) =>
    host.get(path, async (_request, reply) => {
      reply
        .header('content-type', type)
        .header('content-security-policy', policy)
        .header('x-content-type-options', 'nosniff')
        .header('referrer-policy', 'no-referrer')
        .header('cache-control', 'no-cache');
      return body;
    });
  serve('/openapi.json', 'application/json', json);
  serve('/docs', 'text/html; charset=utf-8', page);
}
