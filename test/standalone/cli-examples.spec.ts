import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '#testkit';
import { createProgram } from '../../apps/cli/src/program.ts';
import { CustomerServer } from '../support/customer-server.ts';
import { makeDataFolder } from '../support/data-folder.ts';
import { CliProcess, runCliLine } from '../support/run-cli.ts';

const secret = 'whsec_uHijtrFKfweiEmvRhOyRgYmL54y6e7/h0A5TLZLpKMU=';

/** What a person has who follows the examples: these files, and these things in the engine. */
const files = (receiver: string) => ({
  'secret.txt': `${secret}\n`,
  'customers.jsonl': [
    { kind: 'tenant', id: 'acme', name: 'Acme', contract: 'hyprwatch' },
    {
      kind: 'key',
      id: 'key_old',
      tenant: 'acme',
      name: 'old',
      prefix: 'hw_live_old',
      hash: 'a'.repeat(64),
      scopes: ['events:write'],
    },
    ...['wh_orders', 'wh_old'].map((id) => ({
      kind: 'webhook',
      id,
      tenant: 'acme',
      url: `${receiver}/${id}`,
      secret,
    })),
  ]
    .map((line) => `${JSON.stringify(line)}\n`)
    .join(''),
});

const nothing = {
  args: [],
  env: {},
  cwd: '/',
  stdin: (async function* () {})(),
  stdout: { write: () => true },
  stderr: { write: () => true },
  interrupted: new AbortController().signal,
};
const { examples } = createProgram(nothing);
const exampleOf = (name: string): string => {
  const found = examples.find((example) => example.split(' ')[0] === name);
  if (found === undefined) throw new Error(`no example of ${name}`);
  return found;
};
/** Those that do not end by themselves, or not beside a running engine, have tests of their own below. */
const apart = [
  'start',
  'demo',
  'rebuild',
  'restore',
  'listen',
  'verify',
  'import',
  'deliveries',
  'replays',
  'quarantine',
];
const plain = examples.filter((example) => !apart.includes(example.split(' ')[0] ?? ''));

describe('the examples of hyperhook --help', () => {
  let folder: Awaited<ReturnType<typeof makeDataFolder>>;
  let engine: CliProcess;
  let env: Readonly<Record<string, string>>;
  const receiver = new CustomerServer(() => 204);
  const run = (line: string, more: Readonly<Record<string, string>> = {}) =>
    runCliLine(line, folder.path, { ...env, ...more });
  const expectOk = async (line: string) => {
    const ended = await run(line);
    expect({ line, ...ended }).toMatchObject({ line, code: 0, stderr: '' });
    expect(ended.stdout).not.toBe('');
    return ended.stdout;
  };

  beforeAll(async () => {
    folder = await makeDataFolder('cli');
    const url = await receiver.open();
    for (const [name, text] of Object.entries(files(url))) await writeFile(join(folder.path, name), text);
    env = {
      HYPERHOOK_DATA_DIR: folder.path,
      HYPERHOOK_PORT: '0',
      HYPERHOOK_LOG_LEVEL: 'error',
      HYPERHOOK_ALLOW_HTTP: 'true',
      HYPERHOOK_EGRESS_ALLOW: '127.0.0.0/8',
    };
    engine = new CliProcess(exampleOf('start'), folder.path, env);
    await eventually(() => expect(engine.stdout).toContain('Stop '), 60_000);
    const [, api = ''] = /^API +(\S+)\/api\/v1$/m.exec(engine.stdout) ?? [];
    // The key is found where the engine left it.
    env = { ...env, HYPERHOOK_URL: api };
  }, 90_000);

  afterAll(async () => {
    engine?.child.kill('SIGTERM');
    await engine?.ended();
    await receiver.close();
    await folder?.remove();
  }, 60_000);

  it('import: judges first, brings in then, and is unchanged the second time', async () => {
    const example = exampleOf('import');
    expect(example).toContain('--dry-run');
    expect(await expectOk(example)).toBe('would be: 4 created\n');
    expect(await expectOk(example.replace(' --dry-run', ''))).toBe('4 created\n');
    expect(await expectOk(example)).toBe('would be: 4 unchanged\n');
  });

  it('are there', () => {
    expect(plain.length).toBeGreaterThan(18);
  });

  it.each(plain)('%s', async (example) => {
    await expectOk(example);
  });

  it('deliveries: what send published is found, shown with its attempts, and sent again', async () => {
    const lines = examples.filter((example) => example.startsWith('deliveries '));
    const [list = '', get = '', retry = ''] = lines;
    // The engine was told to switch this endpoint off and on meanwhile; what was published then is delivered by now or never.
    await eventually(async () => expect((await run(get)).stdout).toContain('delivered'), 30_000);
    expect(await expectOk(list)).toContain('evt_1');
    expect(await expectOk(get)).toMatch(/chain +try +result/);
    expect(await expectOk(retry)).toContain('pending');
  });

  it('replays: counted, begun, paused, gone on with, watched to the end, and cancelled', async () => {
    const key = (await readFile(join(folder.path, 'first-api-key'), 'utf8')).trim();
    const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' };
    const data = { host_id: 'h_1', hostname: 'web-1', platform: 'linux' };
    const events = Array.from({ length: 20 }, () => ({ tenant: 'acme', type: 'host.offline', data }));
    const url = `${env['HYPERHOOK_URL']}/api/v1/events`;
    expect((await fetch(url, { method: 'POST', headers, body: JSON.stringify(events) })).status).toBe(202);
    await eventually(async () => {
      const listed = await run('deliveries list --type host.offline --status delivered --output quiet');
      expect(listed.stdout.trim().split('\n').length).toBeGreaterThanOrEqual(20);
    }, 30_000);

    const exampleOfReplays = (action: string, id = '') => {
      const found = examples.find((example) => example.startsWith(`replays ${action} `));
      if (found === undefined) throw new Error(`no example of replays ${action}`);
      return found.replace(/rpl_\w+/, id);
    };
    expect(await expectOk(exampleOfReplays('start'))).toMatch(/would send +0/);
    const all = 'replays start deliveries --tenant acme --type host.offline --status delivered --output json';
    const begun = JSON.parse(await expectOk(`${all} --rate 2 --no-wait`)) as { id: string; total: number };
    expect(await expectOk(exampleOfReplays('pause', begun.id))).toMatch(/state +paused/);
    expect(await expectOk(exampleOfReplays('list'))).toContain(begun.id);
    expect(await expectOk(exampleOfReplays('resume', begun.id))).toMatch(/state +running/);
    expect(await expectOk(exampleOfReplays('cancel', begun.id))).toMatch(/state +cancelled/);
    expect(await expectOk(exampleOfReplays('get', begun.id))).toMatch(/state +cancelled/);
    const watched = JSON.parse(await expectOk(all)) as { state: string; done: number; total: number };
    expect(watched).toMatchObject({ state: 'finished', done: watched.total });
    expect(watched.total).toBeGreaterThanOrEqual(20);
    expect((await run(exampleOfReplays('pause', begun.id))).code).toBe(5);
  }, 60_000);

  it('quarantine: nobody left anything unreadable here, and nothing is put back that is not there', async () => {
    const [list = '', redrive = ''] = examples.filter((example) => example.startsWith('quarantine '));
    expect(await run(list)).toMatchObject({ code: 0 });
    expect(await run(redrive)).toMatchObject({
      code: 4,
      stderr: expect.stringContaining('no such record is in quarantine'),
    });
  });

  it('what is shown fits a terminal, and is JSON or ids when asked', async () => {
    const { stdout } = await run('endpoints list --output json');
    expect(JSON.parse(stdout)).toContainEqual(expect.objectContaining({ id: 'wh_orders', tenant: 'acme' }));
    expect((await run('endpoints list --tenant acme --output quiet')).stdout).toMatch(/^wh_orders$/m);
  });

  it('export: everything, and nothing of it is new when it is brought in again', async () => {
    const saved = JSON.parse((await run('export --output json saved.jsonl')).stdout);
    expect(saved).toMatchObject({ tenants: 1, webhooks: expect.any(Number) });
    expect((await run('import saved.jsonl')).stdout).toMatch(/^\d+ unchanged\n$/);
    const lines = (await run('export')).stdout.trimEnd().split('\n');
    expect(lines).toHaveLength(
      (await readFile(join(folder.path, 'saved.jsonl'), 'utf8')).trimEnd().split('\n').length,
    );
  });

  it('listen and verify: what the engine signs is genuine, and what was changed is not', async () => {
    const listening = new CliProcess(`${exampleOf('listen')} --port 0 --output json`, folder.path, env);
    await eventually(() => expect(listening.stderr).toContain('listening on'));
    const [, url = ''] = /listening on (\S+)/.exec(listening.stderr) ?? [];
    await run(`endpoints create ${url}hook --tenant acme --secret-file secret.txt --events host.offline`);
    const data = '{"host_id":"h_1","hostname":"web-1","platform":"linux"}';
    expect(await run(`send host.offline --tenant acme --data '${data}'`)).toMatchObject({ code: 0 });
    expect(await listening.ended()).toMatchObject({ code: 0 });
    const arrival = JSON.parse(listening.stdout);
    expect(arrival).toMatchObject({ path: '/hook', verdict: { genuine: true } });

    await writeFile(join(folder.path, 'headers.txt'), JSON.stringify(arrival.headers));
    await writeFile(join(folder.path, 'body.json'), arrival.body);
    expect(await expectOk(exampleOf('verify'))).toMatch(/^genuine: a request of Hyprwatch/);
    await writeFile(join(folder.path, 'body.json'), `${arrival.body} `);
    expect(await run(exampleOf('verify'))).toMatchObject({
      code: 1,
      stdout: expect.stringMatching(/^not genuine/),
    });
  }, 60_000);

  it('start ends well by a signal, and rebuild runs on what it left', async () => {
    engine.child.kill('SIGTERM');
    expect((await engine.ended()).code).toBe(0);
    expect(await run(exampleOf('rebuild'))).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^rebuilt from \d+ records/),
    });
    expect(await run('tenants list')).toMatchObject({ code: 6 });
  }, 60_000);

  it('restore: another installation begins with what was backed up, secrets included', async () => {
    const other = await makeDataFolder('restored');
    const there = { ...env, HYPERHOOK_DATA_DIR: other.path };
    const start = () => new CliProcess(exampleOf('start'), folder.path, there);
    let restored: CliProcess | undefined;
    try {
      const keys = await readFile(join(folder.path, 'secret.key'), 'utf8');
      await writeFile(join(other.path, 'secret.key'), keys, { mode: 0o600 });
      const said = await run(exampleOf('restore'), there);
      expect(said).toMatchObject({
        code: 0,
        stdout: expect.stringMatching(/^restored \d+ records of control\n$/),
      });
      // Run again it finds everything there.
      expect((await run(exampleOf('restore'), there)).stdout).toMatch(
        /(\d+) records of control, \1 of them were there/,
      );
      restored = start();
      await eventually(() => expect(restored?.stdout).toContain('Stop '), 60_000);
      const [, api = ''] = /^API +(\S+)\/api\/v1$/m.exec(restored.stdout) ?? [];
      const key = (await readFile(join(folder.path, 'first-api-key'), 'utf8')).trim();
      const after = (await run('export', { ...there, HYPERHOOK_URL: api, HYPERHOOK_API_KEY: key })).stdout;
      const linesOf = (text: string) =>
        text.split('\n').filter((line) => /"kind":"(tenant|webhook|key)"/.test(line));
      expect(linesOf(after)).toEqual(linesOf(await readFile(join(folder.path, 'everything.jsonl'), 'utf8')));
      expect(linesOf(after).length).toBeGreaterThan(4);
      // It delivers, signed with the secrets of old.
      const before = receiver.arrivals.length;
      await run(
        `send host.online --tenant acme --data '{"host_id":"h_1","hostname":"w","platform":"linux"}'`,
        {
          ...there,
          HYPERHOOK_URL: api,
          HYPERHOOK_API_KEY: key,
        },
      );
      await eventually(() => expect(receiver.arrivals.length).toBeGreaterThan(before), 30_000);
      restored.child.kill('SIGTERM');
      await restored.ended();
      // It has gone on from there, and is no place for a backup any more.
      expect(await run(exampleOf('restore'), there)).toMatchObject({
        code: 78,
        stderr: expect.stringContaining('not empty'),
      });
    } finally {
      restored?.child.kill('SIGTERM');
      await restored?.ended();
      await other.remove();
    }
  }, 120_000);

  it('demo', async () => {
    const ended = await runCliLine(exampleOf('demo'), folder.path, { HYPERHOOK_DEMO_TIME_SCALE: '0.0005' });
    expect(ended.stdout).toMatch(/^✓ all \d+ expectations held/m);
    expect(ended.code).toBe(0);
  }, 120_000);
});
