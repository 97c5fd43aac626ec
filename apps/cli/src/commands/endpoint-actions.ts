import { Option, type Command } from 'commander';
import type { Cli } from '../cli.ts';
import { EndedWith } from '../ended-with.ts';
import { endpointFields, endpointPath, type Endpoint } from './endpoint.ts';
import { secretOf, wholeNumber, withSecret, type SecretOptions } from './options.ts';

interface Tested {
  readonly delivery_id: string;
  readonly type: string;
  readonly status: string;
  readonly status_code: number | null;
  readonly duration_ms: number | null;
  readonly error: { readonly class: string; readonly message: string | null } | null;
}

/** What one does with an endpoint, beyond changing its fields. */
export function addEndpointActions(cli: Cli, endpoints: Command): void {
  const disable = cli.add(endpoints, 'disable <id>', {
    summary: 'switch it off; what comes due is cancelled',
    example: 'endpoints disable wh_orders',
  });
  cli.run(disable, async ({ args, client, output }) => {
    const now = await client.call<Endpoint>('POST', endpointPath(args[0], '/disable'));
    output.one(now, endpointFields(now));
  });

  const enable = cli.add(endpoints, 'enable <id>', {
    summary: 'switch it on, also where the engine disabled it',
    example: 'endpoints enable wh_orders --held release',
  });
  enable.addOption(
    new Option('--held <what>', 'what becomes of deliveries that were held')
      .choices(['release', 'discard', 'keep'])
      .default('release'),
  );
  cli.run<{ readonly held: string }>(enable, async ({ args, options, client, output }) => {
    const body = { held: options.held };
    const now = await client.call<Endpoint>('POST', endpointPath(args[0], '/enable'), { body });
    output.one(now, endpointFields(now));
  });

  const rotate = cli.add(endpoints, 'rotate-secret <id>', {
    summary: 'a new secret, shown this once; it signs from the next attempt on',
    example: 'endpoints rotate-secret wh_orders --grace 86400',
    more: 'With --output quiet only the secret itself is shown.',
  });
  withSecret(rotate, 'the new one; else it is made').option(
    '--grace <seconds>',
    'how long the old one signs beside it, where the contract can carry two',
    wholeNumber,
  );
  cli.run<SecretOptions & { readonly grace?: number }>(
    rotate,
    async ({ args, options, client, output, around }) => {
      const body = { secret: secretOf(options, around), grace_period_seconds: options.grace };
      const now = await client.call<Endpoint>('POST', endpointPath(args[0], '/rotate-secret'), { body });
      output.one(now, endpointFields(now), now.secret);
    },
  );

  const test = cli.add(endpoints, 'test <id>', {
    summary: 'send it a valid sample, once, and say what came back',
    example: 'endpoints test wh_orders --type host.online',
    more: 'Ends with 0 only if it was delivered.',
  });
  test.option('--type <type>', 'the event type; else the first one it wants');
  cli.run<{ readonly type?: string }>(test, async ({ args, options, client, output }) => {
    const body = { type: options.type };
    const result = await client.call<Tested>('POST', endpointPath(args[0], '/test'), { body });
    const fields = [
      ['status', result.status],
      ['answer', result.status_code],
      ['after', result.duration_ms === null ? null : `${result.duration_ms} ms`],
      ['error', result.error?.message ?? result.error?.class],
      ['type', result.type],
      ['delivery', result.delivery_id],
    ] as const;
    output.one(result, fields, result.delivery_id);
    if (result.status !== 'delivered') throw new EndedWith('failed');
  });
}
