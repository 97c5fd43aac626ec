// Preloaded into an engine process (NODE_OPTIONS): each request that it makes says which process made it.
import { channel } from 'node:diagnostics_channel';

channel('undici:request:create').subscribe(({ request }) =>
  request.addHeader('x-sent-by', String(process.pid)),
);
