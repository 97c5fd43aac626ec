import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { describe, expect, it } from '@jest/globals';
import { eventually } from '#testkit';
import { demoArguments } from '../support/open-engine.ts';

/** Two hours in 3.6 seconds: the same demo, only quicker. */
const TIME_SCALE = '0.0005';

function startDemo(env: Readonly<Record<string, string>>, args: readonly string[] = []) {
  const inherited = Object.entries(process.env).filter(([name]) => !/^(HYPERHOOK_|NODE_OPTIONS)/.test(name));
  const child = spawn(process.execPath, ['--no-warnings', 'demo/main.ts', ...demoArguments, ...args], {
    env: { ...Object.fromEntries(inherited), HYPERHOOK_DEMO_TIME_SCALE: TIME_SCALE, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const said = { text: '' };
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => (said.text += chunk.toString()));
  }
  return { child, said, closed: once(child, 'close') };
}

async function runDemo(broken?: string): Promise<{ code: number | null; failures: string[]; said: string }> {
  const { child, said, closed } = startDemo(broken === undefined ? {} : { HYPERHOOK_DEMO_BREAK: broken });
  await closed;
  const failures = said.text.split('\n').filter((line) => line.startsWith('✗'));
  return { code: child.exitCode, failures, said: said.text };
}

describe('npm run demo', () => {
  it('ends well: every expectation held', async () => {
    const { code, failures, said } = await runDemo();
    expect(failures).toEqual([]);
    expect(said).toMatch(/^✓ all \d+ expectations held/m);
    expect(said).toContain('16s 1m        delivered');
    expect(said).toContain('1m 5m 30m 2h  failed');
    expect(code).toBe(0);
    // A terminal without colours gets none, and no progress bar.
    expect(said).not.toContain('\u001B');
  }, 180_000);

  it('fails when one receiver checks with a wrong secret, and says so', async () => {
    const { code, failures } = await runDemo('receiver');
    expect(code).toBe(1);
    expect(failures.join('\n')).toMatch(/tune: its receiver refused \d+ of \d+ requests as not genuine/);
    for (const failure of failures.slice(0, -1)) expect(failure).toMatch(/^✗ tune\b/);
  }, 180_000);

  it("fails when one contract's delays are others than its page promises, and says so", async () => {
    const { code, failures } = await runDemo('schedule');
    expect(code).toBe(1);
    expect(failures).toHaveLength(2);
    expect(failures[0]).toMatch(/^✗ flaky: wait 1 should be 8 ms at this time scale, it was [1-4] ms$/);
  }, 180_000);

  it('with --keep the engine stays up until Ctrl-C, and its data can be looked at', async () => {
    const { child, said, closed } = startDemo({}, ['--keep']);
    try {
      await eventually(() => expect(said.text).toContain('Ctrl-C stops it'), 150_000);
      const [, url = ''] = /API +(http\S+)/.exec(said.text) ?? [];
      const [, key = ''] = /Key +(hh_\S+)/.exec(said.text) ?? [];
      const answer = await fetch(`${url}/deliveries?limit=5`, {
        headers: { authorization: `Bearer ${key}` },
      });
      expect(((await answer.json()) as { data: object[] }).data).toHaveLength(5);
      const portals = [...said.text.matchAll(/(http\S+)\/ui\/portal#token=(\S+)/g)];
      expect(portals).toHaveLength(4);
      const contracts = await Promise.all(
        portals.map(async ([, base, token = '']) => {
          expect((await fetch(`${base}/ui/portal`)).status).toBe(200);
          const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
          const ask = async <T>(path: string, init: RequestInit = {}) =>
            (await (await fetch(`${base}/api/v1${path}`, { headers, ...init })).json()) as T;
          const { data } = await ask<{ data: { id: string }[] }>('/webhooks');
          // The receivers are there still.
          const test = await ask(`/webhooks/${data[0]?.id}/test`, { method: 'POST', body: '{}' });
          expect(test).toMatchObject({ status: 'delivered' });
          return (await ask<{ tenant: { contract: string } }>('/me')).tenant.contract;
        }),
      );
      expect(contracts).toEqual(['hyperspell', 'hypertune', 'hyperleap', 'hyprwatch']);
      expect(said.text).toContain(`/ui/operations#token=${key}`);
      child.kill('SIGINT');
      await closed;
      expect(child.exitCode).toBe(0);
      await expect(fetch(url)).rejects.toThrow('fetch failed');
    } finally {
      child.kill('SIGKILL');
    }
  }, 180_000);
});
