import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '#testkit';
import { makeDataFolder } from '../support/data-folder.ts';
import { CliProcess, runCliLine } from '../support/run-cli.ts';
import { StandaloneProcess } from '../support/standalone-process.ts';

const TENANTS = 20;
const ENDPOINTS = 10_000;
const numbers = (count: number) => Array.from({ length: count }, (_, n) => n);

/** As another system has them: ids, secrets and settings of its own. */
const lines: readonly object[] = [
  ...numbers(TENANTS).map((n) => ({
    kind: 'tenant',
    id: `org_${n}`,
    name: `Org ${n}`,
    contract: 'hyprwatch',
    attributes: {},
    entitled: true,
  })),
  ...numbers(TENANTS).map((n) => ({
    kind: 'key',
    id: `key_${n}`,
    tenant: `org_${n}`,
    name: 'backend',
    prefix: 'theirs_abcd',
    hash: createHash('sha256').update(`key ${n}`).digest('hex'),
    scopes: ['events:write', 'endpoints:read'],
    expires_at: null,
  })),
  ...numbers(ENDPOINTS).map((n) => ({
    kind: 'webhook',
    id: `we_1Nx${String(n).padStart(6, '0')}`,
    tenant: `org_${n % TENANTS}`,
    url: `https://customer-${n}.example.com/hooks/in`,
    events: n % 3 === 0 ? ['host.online'] : [],
    description: `moved in ${n}`,
    headers: n % 10 === 0 ? { authorization: `Bearer ${n}` } : {},
    secret: `whsec_${createHash('sha256').update(`secret ${n}`).digest('base64')}`,
    active: n % 7 !== 0,
  })),
];
const textOf = (of: readonly object[]) => of.map((line) => `${JSON.stringify(line)}\n`).join('');

describe('moving in', () => {
  let folder: Awaited<ReturnType<typeof makeDataFolder>>;
  let engine: StandaloneProcess;

  beforeAll(async () => {
    folder = await makeDataFolder('import');
    engine = new StandaloneProcess({ HYPERHOOK_DATA_DIR: folder.path });
    await engine.start();
  }, 60_000);
  afterAll(async () => {
    await engine.stop();
    await folder.remove();
  }, 60_000);

  it('an import of 10,000 endpoints, the engine killed in its middle, run again, is the file', async () => {
    const file = join(folder.path, 'customers.jsonl');
    await writeFile(file, textOf(lines));
    const cli = (line: string) =>
      runCliLine(line, folder.path, { HYPERHOOK_URL: engine.url, HYPERHOOK_API_KEY: engine.rootKey });
    const began = performance.now();

    const first = new CliProcess('import customers.jsonl', folder.path, {
      HYPERHOOK_URL: engine.url,
      HYPERHOOK_API_KEY: engine.rootKey,
    });
    await eventually(async () => {
      const { data } = await engine.must<{ data: object[] }>('GET', '/webhooks?tenant=org_7&limit=100');
      expect(data).toHaveLength(100);
    }, 30_000);
    await engine.kill();
    expect((await first.ended()).code).toBe(6);
    await engine.start();

    const second = await cli('import customers.jsonl --output json');
    const { counts } = JSON.parse(second.stdout) as { counts: Record<string, number> };
    // Else the kill came too early or too late, and shows nothing.
    expect(counts['unchanged']).toBeGreaterThanOrEqual(2_000);
    expect(counts['created']).toBeGreaterThanOrEqual(250);
    expect(counts['created']! + counts['unchanged']!).toBe(lines.length);

    const third = await cli('import customers.jsonl --output json');
    expect(JSON.parse(third.stdout)).toMatchObject({ counts: { unchanged: lines.length }, problems: [] });

    expect(await cli('export out.jsonl')).toMatchObject({ code: 0, stderr: '' });
    const seconds = (performance.now() - began) / 1_000;
    const exported = (await readFile(join(folder.path, 'out.jsonl'), 'utf8'))
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as { kind: string; id?: string; tenant?: string | null });
    const moved = exported.filter(({ kind, tenant }) => kind !== 'end' && tenant !== null);
    const byId = (all: readonly object[]) =>
      new Map(all.map((line) => [(line as { id: string }).id, JSON.stringify(line)]));
    const [wanted, found] = [byId(lines), byId(moved)];
    const differing = [...wanted].filter(([id, text]) => found.get(id) !== text).map(([id]) => id);
    process.stdout.write(
      `import: ${ENDPOINTS.toLocaleString('en')} endpoints, killed once after ${counts['unchanged']} lines, ` +
        `${differing.length} differ, ${seconds.toFixed(1)} s\n`,
    );
    expect(differing).toEqual([]);
    expect(found.size).toBe(wanted.size);
  }, 120_000);
});
