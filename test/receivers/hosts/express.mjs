/**
 * The little of express that the Hypertune page's sample uses, on node:http: raw(), use(), post(), listen() and
 * status/send/sendStatus. Harness, not sample. Every server goes on a free port of the loopback, whatever port the
 * sample names, and is handed over in `globalThis[Symbol.for('hyperhook.servers')]`.
 */
import { createServer } from 'node:http';

const servers = (globalThis[Symbol.for('hyperhook.servers')] ??= []);

export default function express() {
  const middleware = [];
  const routes = new Map();
  const app = {
    use: (handler) => middleware.push(handler),
    post: (path, handler) => routes.set(path, handler),
    listen() {
      const server = createServer((req, res) => {
        answering(res);
        const route = req.method === 'POST' ? routes.get(req.url) : undefined;
        if (route === undefined) return res.sendStatus(404);
        const [next] = middleware;
        next(req, res, () => {
          try {
            route(req, res);
          } catch {
            res.sendStatus(500);
          }
        });
      });
      servers.push(server);
      return server.listen(0, '127.0.0.1');
    },
  };
  return app;
}

/** The body as a Buffer, or `{}` where there is none: as express does. */
express.raw = () => (req, _res, next) => {
  const chunks = [];
  req.on('data', (chunk) => chunks.push(chunk));
  req.on('end', () => {
    req.body = chunks.length === 0 ? {} : Buffer.concat(chunks);
    next();
  });
};

function answering(res) {
  res.status = (code) => {
    res.statusCode = code;
    return res;
  };
  res.send = (text) => res.end(text);
  res.sendStatus = (code) => res.status(code).send('');
}
