import { Argument } from 'commander';
import type { Cli } from '../cli.ts';
import {
  commaList,
  wholeNumber,
  withLimit,
  withTenant,
  type LimitOption,
  type TenantOption,
} from './options.ts';
import {
  countsText,
  replayColumns,
  replayFields,
  replayPath,
  watchReplay,
  type DryRun,
  type Replay,
} from './replay.ts';

interface Start extends TenantOption {
  readonly endpoint?: string;
  readonly type?: string;
  readonly status?: readonly string[];
  readonly since?: string;
  readonly until?: string;
  readonly rate?: number;
  readonly restamp?: true;
  readonly includeInactive?: true;
  readonly dryRun?: true;
  readonly wait: boolean;
}

/** Jobs that send many deliveries again. */
export function addReplays(cli: Cli): void {
  const replays = cli.group('replays', 'jobs that send many deliveries again');

  const start = cli.add(replays, 'start', {
    summary: 'begin one, and watch it to its end',
    example: 'replays start failed --tenant acme --since 2026-11-01T00:00:00Z --dry-run',
    more: [
      'failed: what failed since a moment; deliveries: what the options name; missed: events that an endpoint would',
      'want now and has no delivery of. Each delivery is sent once by one job. Ctrl-C ends the watching, not the job.',
    ].join('\n'),
  });
  start.addArgument(new Argument('<what>', 'which ones').choices(['failed', 'deliveries', 'missed']));
  withTenant(start)
    .option('--endpoint <id>', 'of one endpoint')
    .option('--type <type>', 'of one event type')
    .option('--status <list>', 'failed, expired, cancelled, delivered; with commas between', commaList)
    .option('--since <time>', 'at or after this moment (RFC 3339)')
    .option('--until <time>', 'at or before it')
    .option('--rate <count>', 'deliveries a second', wholeNumber)
    .option('--restamp', 'write a new timestamp into bodies, where the contract asks for it')
    .option('--include-inactive', 'also to endpoints that are off or failed')
    .option('--dry-run', 'count, and send nothing')
    .option('--no-wait', 'begin it, and leave it alone');
  cli.run<Start>(start, async ({ args: [what], options, client, output, around }) => {
    const { tenant, endpoint, type, status, since, until, rate, restamp, includeInactive, dryRun, wait } =
      options;
    const body = {
      what,
      tenant,
      filter: { webhook: endpoint, type, status, since, until },
      rate,
      restamp,
      include_inactive: includeInactive,
      dry_run: dryRun,
    };
    const answer = await client.call<Replay | DryRun>('POST', '/replays', { body });
    if ('dry_run' in answer) {
      const fields = [
        ['would send', answer.to_send],
        ['skipped', countsText(answer.skipped)],
        ['complete', answer.up_to_date ? 'yes' : 'no: the tables are behind the log, there may be more'],
      ] as const;
      output.one(answer, fields, answer.to_send);
      return;
    }
    const shown = wait ? await watchReplay(client, answer.id, around) : answer;
    output.one(shown, replayFields(shown));
  });

  const list = cli.add(replays, 'list', {
    summary: 'newest first',
    example: 'replays list --tenant acme',
  });
  withLimit(withTenant(list));
  cli.run<TenantOption & LimitOption>(list, async ({ options: { limit, tenant }, client, output }) => {
    output.rows(await client.list<Replay>('/replays', limit, { tenant }), replayColumns);
  });

  const get = cli.add(replays, 'get <id>', {
    summary: 'how far it has got, and what became of its deliveries',
    example: 'replays get rpl_1m3t8v0q6y2s4u7w9x5z --watch',
  });
  get.option('--watch', 'until it has ended');
  cli.run<{ readonly watch?: true }>(get, async ({ args: [id = ''], options, client, output, around }) => {
    const found =
      options.watch === true
        ? await watchReplay(client, id, around)
        : await client.call<Replay>('GET', replayPath(id));
    output.one(found, replayFields(found));
  });

  for (const [action, summary] of [
    ['pause', 'send nothing more until it is resumed'],
    ['resume', 'go on where it was paused'],
    ['cancel', 'end it; what was asked for by then is sent'],
  ] as const) {
    const command = cli.add(replays, `${action} <id>`, {
      summary,
      example: `replays ${action} rpl_1m3t8v0q6y2s4u7w9x5z`,
    });
    cli.run(command, async ({ args, client, output }) => {
      const now = await client.call<Replay>('POST', replayPath(args[0], `/${action}`));
      output.one(now, replayFields(now));
    });
  }
}
