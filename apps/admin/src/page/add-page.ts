import { randomBytes } from 'node:crypto';
import { extname } from 'node:path';
import type fastifyStatic from '@fastify/static';
import { installedFolder } from '#contracts';
import { PROBLEM_MEDIA_TYPE, problemOf, Refused } from '#http-edge';
import type { Logger } from '#platform';
import { pageDocument } from './page-document.ts';
import { pageHeaders } from './page-headers.ts';

/** A Fastify server, or a part of one. */
type Host = Parameters<typeof fastifyStatic>[0];

/** Where a build puts the page. */
export const builtPage = (): string => installedFolder('dist/apps/dashboard');

const NOT_BUILT = `The page is not built here: there is no dist/apps/dashboard/index.html.
"npm run build" makes it; then load this address again. The API under /api/v1 works without it.
`;

/** Where the page's own addresses are; ids in them may have dots. */
const VIEWS = /^(portal|ops)\//;

/** Names of files below `assets/` change with what is in them. */
const FOR_EVER = 'public, max-age=31536000, immutable';

/**
 * Serves the web page under `/ui/`, to anybody: it holds nothing that the repository does not, and talks to the API with the
 * key that its user gives it. Add it before the server listens.
 *
 * - A path whose last part has an extension is a file of the build; every other one, and all below its views, is the document, which routes
 *   by itself.
 * - Only GET and HEAD. `/` and `/ui` lead to `/ui/`.
 */
export async function addPage(host: Host, folder: string, logger: Pick<Logger, 'error'>): Promise<void> {
  // Here, so that it takes no memory where the page is switched off.
  const { default: files } = await import('@fastify/static');
  for (const path of ['/', '/ui']) {
    host.get(path, async (_request, reply) => reply.header('cache-control', 'no-store').redirect('/ui/'));
  }
  const page = async (ui: Host): Promise<void> => {
    ui.addHook('onRequest', async (_request, reply) => {
      reply.headers(pageHeaders(null));
    });
    ui.setErrorHandler((error, request, reply) => {
      const path = request.url.split('?', 1)[0];
      const { problem, headers, unexpected } = problemOf(error, path);
      if (unexpected) logger.error({ err: error, path }, 'page.failed');
      reply.code(problem.status).headers(headers).header('cache-control', 'no-store');
      return reply.header('content-type', PROBLEM_MEDIA_TYPE).send(Buffer.from(JSON.stringify(problem)));
    });
    ui.setNotFoundHandler(async ({ method }) => {
      if (method === 'GET' || method === 'HEAD') throw new Refused('not_found', 'the page has no such file');
      const headers = { allow: 'GET, HEAD' };
      throw new Refused('method_not_allowed', `the page answers GET and HEAD, not ${method}`, { headers });
    });
    await ui.register(files, {
      root: folder,
      serve: false,
      index: false,
      cacheControl: false,
      preCompressed: true,
    });
    ui.get<{ Params: { '*': string } }>('/*', async (request, reply) => {
      const path = request.params['*'];
      if (path !== 'index.html' && extname(path) !== '' && !VIEWS.test(path)) {
        reply.header('cache-control', path.startsWith('assets/') ? FOR_EVER : 'no-cache');
        return reply.sendFile(path);
      }
      const nonce = randomBytes(16).toString('base64');
      const document = await pageDocument(folder, nonce);
      reply.header('cache-control', 'no-store');
      if (document === undefined) return reply.code(404).type('text/plain; charset=utf-8').send(NOT_BUILT);
      return reply.headers(pageHeaders(nonce)).type('text/html; charset=utf-8').send(document);
    });
  };
  await host.register(page, { prefix: '/ui' });
}
