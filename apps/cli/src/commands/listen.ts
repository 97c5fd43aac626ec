import { once } from 'node:events';
import { verifyRequest, type Verdict } from '#contracts';
import { cleanText } from '#webhook-http';
import type { Cli } from '../cli.ts';
import { inertJson } from '../output/inert.ts';
import type { Output } from '../output/output.ts';
import { Receiver, type Arrival } from '../receiver/receiver.ts';
import { UsageError } from '../usage-error.ts';
import { contractFor } from './contract-choice.ts';
import { secretOf, wholeNumber, withSecret, type SecretOptions } from './options.ts';

interface Listen extends SecretOptions {
  readonly port: number;
  readonly contract: string;
  readonly status: number;
  readonly count?: number;
}

const DEFAULT_PORT = 9_000;
const REFUSED = 401;

export function addListen(cli: Cli): void {
  const listen = cli.add(cli.program, 'listen', {
    summary: 'receive webhooks on this machine, check and print them',
    example: 'listen --contract hyprwatch --secret-file secret.txt --count 1',
    more: [
      'Answers 401 to what is not genuine. Without a secret nothing is checked.',
      'The engine sends to this machine only where HYPERHOOK_ALLOW_HTTP=true and HYPERHOOK_EGRESS_ALLOW=127.0.0.0/8.',
    ].join('\n'),
  });
  withSecret(listen, 'the secret of the endpoint')
    .requiredOption('--contract <id>', 'by whose rules requests are checked')
    .option('--port <port>', 'where it listens, on 127.0.0.1; 0: any', wholeNumber, DEFAULT_PORT)
    .option('--status <code>', 'what it answers to what is genuine', wholeNumber, 204)
    .option('--count <count>', 'end after so many requests; else Ctrl-C ends it', wholeNumber);
  cli.run<Listen>(listen, async ({ options, output, around, config }) => {
    const { port, status, count } = options;
    if (status < 200 || status > 599) throw new UsageError('--status must be from 200 to 599');
    const contract = contractFor(config, options.contract, {});
    const secret = secretOf(options, around);
    const enough = new AbortController();
    let seen = 0;
    const receiver = new Receiver((arrival) => {
      const now = Math.floor(Date.now() / 1_000);
      const verdict = secret === undefined ? undefined : verifyRequest(contract, secret, arrival, now);
      show(output, arrival, verdict);
      seen += 1;
      // After this answer has gone out.
      if (seen === count) setImmediate(() => enough.abort());
      return verdict?.genuine === false ? REFUSED : status;
    });
    let url: string;
    try {
      url = await receiver.open(port);
    } catch (error) {
      throw new UsageError(
        `port ${port} cannot be listened on: ${(error as NodeJS.ErrnoException).code}; give another --port`,
      );
    }
    if (output.kind !== 'quiet')
      around.stderr.write(`listening on ${url}/ by the rules of ${contract.title}; Ctrl-C ends it\n`);
    const end = AbortSignal.any([around.interrupted, enough.signal]);
    if (!end.aborted) await once(end, 'abort');
    await receiver.close();
  });
}

function show(output: Output, { method, path, headers, body }: Arrival, verdict: Verdict | undefined): void {
  const text = body.toString('utf8');
  if (output.kind === 'json') {
    return output.line(
      inertJson(
        { at: new Date().toISOString(), method, path, verdict: verdict ?? null, headers, body: text },
        0,
      ),
    );
  }
  const mark = verdict === undefined ? '·' : verdict.genuine ? '✓' : '✗';
  const why = verdict?.genuine === false ? `  ${verdict.detail}` : '';
  return output.line(
    `${mark} ${cleanText(`${method} ${path}`, 200)}  ${body.byteLength} bytes${cleanText(why)}\n  ${cleanText(text, 4_000)}`,
  );
}
