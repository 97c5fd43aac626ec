import { createParser } from 'eventsource-parser';

export type LiveState = 'connecting' | 'live' | 'polling';

export interface LiveStreamOptions {
  readonly url: string;
  readonly credential: string;
  readonly onEvent: (event: { readonly name: string; readonly data: string }) => void;
  readonly onState: (state: LiveState) => void;
  readonly signal: AbortSignal;
}

const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 30_000;
/** The server sends something (a comment at least) more often than this; else the connection is dead without saying so. */
const SILENCE_MS = 45_000;

/**
 * Server-sent events over fetch, because EventSource sends no Authorization header. Comes back after every break, at growing waits;
 * meanwhile the state is `polling`, and the page asks by itself. Ends with the signal.
 */
export async function followLive(options: LiveStreamOptions): Promise<void> {
  const { signal, onState } = options;
  let waitMs = FIRST_WAIT_MS;
  while (!signal.aborted) {
    const heard = await listen(options);
    if (signal.aborted) return;
    onState('polling');
    waitMs = heard ? FIRST_WAIT_MS : Math.min(waitMs * 2, LONGEST_WAIT_MS);
    await wait(waitMs, signal);
  }
}

/** One connection, to its end. True: it was open and said something. */
async function listen({ url, credential, onEvent, onState, signal }: LiveStreamOptions): Promise<boolean> {
  const silence = new AbortController();
  const either = AbortSignal.any([signal, silence.signal]);
  let timer = setTimeout(() => silence.abort(), SILENCE_MS);
  let heard = false;
  try {
    const response = await fetch(url, {
      headers: { authorization: `Bearer ${credential}`, accept: 'text/event-stream' },
      signal: either,
    });
    if (!response.ok || response.body === null || !isEventStream(response)) return false;
    onState('live');
    const parser = createParser({
      onEvent: ({ event, data }) => onEvent({ name: event ?? 'message', data }),
    });
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return heard;
      heard = true;
      clearTimeout(timer);
      timer = setTimeout(() => silence.abort(), SILENCE_MS);
      parser.feed(value);
    }
  } catch {
    // Broken, refused or silent: all the same to who comes back later. A refusal of the credential shows at the next call.
    return heard;
  } finally {
    clearTimeout(timer);
  }
}

const isEventStream = (response: Response) =>
  (response.headers.get('content-type') ?? '').startsWith('text/event-stream');

function wait(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    const now = () => {
      clearTimeout(timer);
      resolve();
    };
    signal.addEventListener('abort', now, { once: true });
  });
}
