import { once } from 'node:events';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { createProgram } from './program.ts';
import { runCli } from './run-cli.ts';

interface Asked {
  readonly line: string;
  readonly authorization: string | undefined;
  readonly body: string;
}

describe('hyperhook on the command line', () => {
  /** What the API would say; what it says is not this suite's concern. */
  let answer: (asked: Asked) => { readonly status: number; readonly body: string; readonly type?: string };
  let asked: Asked[] = [];
  let server: Server;
  let url: string;
  let cwd: string;

  async function tell(request: IncomingMessage): Promise<ReturnType<typeof answer>> {
    const chunks: Buffer[] = [];
    for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
    const { authorization } = request.headers;
    const one = {
      line: `${request.method} ${request.url}`,
      authorization,
      body: Buffer.concat(chunks).toString(),
    };
    asked.push(one);
    return answer(one);
  }

  beforeAll(async () => {
    server = createServer((request, response) => {
      void tell(request).then(({ status, body, type = 'application/json' }) =>
        response.writeHead(status, { 'content-type': type }).end(body),
      );
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    cwd = await mkdtemp(join(tmpdir(), 'hyperhook-cli-'));
  });
  afterAll(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    await rm(cwd, { recursive: true });
  });
  beforeEach(() => {
    asked = [];
    answer = () => ({ status: 200, body: '{"data":[],"next":null}' });
  });

  const around = (args: readonly string[], env: Readonly<Record<string, string>>) => {
    const said = { out: '', err: '' };
    return {
      said,
      around: {
        args,
        env,
        cwd,
        stdin: (async function* () {
          yield Buffer.from('{"load":1.0}');
        })(),
        stdout: { write: (text: string) => (said.out += text) },
        stderr: { write: (text: string) => (said.err += text) },
        interrupted: new AbortController().signal,
      },
    };
  };
  async function run(args: readonly string[], env: Readonly<Record<string, string>> = {}) {
    const here = around(args, { HYPERHOOK_URL: url, HYPERHOOK_API_KEY: 'hh_root_key', ...env });
    const code = await runCli(here.around);
    return { code, ...here.said };
  }
  const problem = (status: number, code: string, errors: object[] = []) => ({
    status,
    body: JSON.stringify({ status, code, detail: `it is \u001b[31m${code}`, errors }),
  });

  describe('exit codes', () => {
    it.each([
      [400, 'invalid_json', 1],
      [401, 'unknown_key', 3],
      [403, 'missing_scope', 3],
      [404, 'not_found', 4],
      [409, 'conflict', 5],
      [412, 'precondition_failed', 5],
      [422, 'validation_failed', 1],
      [429, 'too_many_requests', 6],
      [500, 'internal', 1],
      [503, 'unavailable', 6],
    ])('an answer of %i (%s) ends with %i, and is told on stderr', async (status, code, exit) => {
      answer = () => problem(status, code);
      const ended = await run(['tenants', 'get', 'acme']);
      expect(ended).toEqual({ code: exit, out: '', err: `hyperhook: it is ${code} (${status} ${code})\n` });
    });

    it('no answer at all ends with 6, and says where it looked', async () => {
      const ended = await run(['tenants', 'list', '--api-url', 'http://127.0.0.1:1']);
      expect(ended.code).toBe(6);
      expect(ended.err).toMatch(/http:\/\/127\.0\.0\.1:1\/? does not answer .*--api-url/);
    });

    it.each([
      [['tenants', 'craete']],
      [['nothing']],
      [['tenants', 'create', 'x']],
      [['tenants', 'list', '--limit', 'many']],
      [['tenants', 'list', '--output', 'xml']],
      [['send', 'host.online', '--data', '{']],
      [['send', 'host.online', '--data', '@nowhere.json']],
      [['import', 'nowhere.jsonl']],
      [['endpoints', 'create', 'https://x.test/', '--secret', 'a', '--secret-file', 'b']],
    ])('%j is a mistake of usage: 2, and nothing is asked', async (args) => {
      const ended = await run(args);
      expect(ended.code).toBe(2);
      expect(ended.err).not.toBe('');
      expect(asked).toEqual([]);
    });

    it('a variable that nobody reads, or no key for an engine elsewhere, is one too', async () => {
      expect(await run(['tenants', 'list'], { HYPERHOOK_API_KEI: 'x' })).toMatchObject({
        code: 2,
        err: expect.stringContaining('HYPERHOOK_API_KEY'),
      });
      const elsewhere = { HYPERHOOK_URL: 'https://hooks.test', HYPERHOOK_API_KEY: '' };
      expect(await run(['tenants', 'list'], elsewhere)).toMatchObject({
        code: 2,
        err: expect.stringContaining('--api-key'),
      });
    });

    it('what is no answer of the engine is told as such', async () => {
      answer = () => ({ status: 404, body: '<html>nginx</html>', type: 'text/html' });
      const ended = await run(['tenants', 'get', 'x']);
      expect(ended.code).toBe(4);
      expect(ended.err).toContain('is this the engine?');
    });
  });

  describe('what is wrong in a request', () => {
    it('is told with its place, each once', async () => {
      answer = () =>
        problem(422, 'validation_failed', [
          { pointer: '/url', code: 'https', detail: 'give https' },
          { pointer: '/events/0', code: 'unknown', detail: 'no such type' },
        ]);
      const { err } = await run(['endpoints', 'create', 'http://x.test/']);
      expect(err.split('\n').slice(1, 3)).toEqual(['  /url: give https', '  /events/0: no such type']);
    });
  });

  describe('requests', () => {
    it('carry the key, and follow pages up to the limit', async () => {
      answer = ({ line }) =>
        line.includes('after=2')
          ? { status: 200, body: '{"data":[{"id":"b"}],"next":null}' }
          : { status: 200, body: '{"data":[{"id":"a"}],"next":"2"}' };
      const { out } = await run(['tenants', 'list', '--output', 'quiet', '--limit', '150']);
      expect(out).toBe('a\nb\n');
      expect(asked.map(({ line }) => line)).toEqual([
        'GET /api/v1/tenants?limit=100',
        'GET /api/v1/tenants?limit=100&after=2',
      ]);
      expect(asked[0]?.authorization).toBe('Bearer hh_root_key');
    });

    it('leave the data of an event as it is spelt', async () => {
      answer = () => ({ status: 202, body: '{"id":"evt_1","status":"accepted"}' });
      for (const data of ['-', '{"load":1.0}']) {
        await run(['send', 'host.online', '--tenant', 'acme', '--data', data]);
      }
      const body = '{"type":"host.online","tenant":"acme","data":{"load":1.0}}';
      expect(asked.map((each) => each.body)).toEqual([body, body]);
    });

    it('to publish go where HYPERHOOK_PUBLISH_URL says', async () => {
      answer = () => ({ status: 202, body: '{"id":"evt_1","status":"accepted"}' });
      const ended = await run(['send', 'x'], {
        HYPERHOOK_URL: 'http://127.0.0.1:1',
        HYPERHOOK_PUBLISH_URL: url,
      });
      expect(ended.code).toBe(0);
    });

    it('name ids in paths as they are', async () => {
      await run(['tenants', 'delete', 'a/../b']);
      expect(asked[0]?.line).toBe('DELETE /api/v1/tenants/a%2F..%2Fb');
    });
  });

  it('what is in quarantine is shown with when it was put back, if it was', async () => {
    const record = { topic: 'events', partition: 3, reason: 'not JSON', at: '2026-01-02T03:04:05.000Z' };
    const data = [
      { ...record, offset: 77, redriven_at: '2026-01-02T04:00:00.000Z' },
      { ...record, offset: 78, redriven_at: null },
    ];
    answer = () => ({ status: 200, body: JSON.stringify({ data, next: null }) });
    const { out } = await run(['quarantine', 'list']);
    const [head, first, second] = out.split('\n');
    expect(head).toMatch(/put back +reason$/);
    expect(first).toMatch(/ 77 +2026-01-02T04:00:00.000Z +not JSON$/);
    expect(second).toMatch(/ 78 +– +not JSON$/);
  });

  describe('export', () => {
    const line = '{"kind":"tenant","id":"acme"}\n';

    it('writes a file for its owner only, and only a whole one', async () => {
      const file = join(cwd, 'out.jsonl');
      await writeFile(file, 'before', { mode: 0o644 });
      answer = () => ({ status: 200, body: line });
      expect(await run(['export', 'out.jsonl'])).toMatchObject({
        code: 1,
        err: expect.stringContaining('cut short'),
      });
      expect(await readFile(file, 'utf8')).toBe('before');
      const whole = `${line}{"kind":"end","tenants":1,"keys":0,"webhooks":0}\n`;
      answer = () => ({ status: 200, body: whole });
      expect(await run(['export', 'out.jsonl'])).toMatchObject({ code: 0 });
      expect(await readFile(file, 'utf8')).toBe(whole);
      expect((await stat(file)).mode & 0o777).toBe(0o600);
    });
  });

  describe('import', () => {
    it('tells each line that did not come to be, by its number in the file', async () => {
      await writeFile(join(cwd, 'in.jsonl'), '{"kind":"tenant","id":"a"}\n\n{"kind":"tenant","id":"b"}\n');
      answer = () => ({
        status: 200,
        body: JSON.stringify({
          results: [{ result: 'created' }, { result: 'conflict', problem: { detail: 'differs\u001b[2J' } }],
        }),
      });
      const ended = await run(['import', 'in.jsonl']);
      expect(ended).toEqual({
        code: 5,
        out: '1 created, 1 conflict\n',
        err: 'in.jsonl:3: tenant b: conflict: differs\n',
      });
      expect(JSON.parse(asked[0]!.body)).toEqual({
        lines: [
          { kind: 'tenant', id: 'a' },
          { kind: 'tenant', id: 'b' },
        ],
        on_conflict: 'fail',
        dry_run: false,
      });
    });
  });

  describe('help', () => {
    it('of every command has an example of that very command, and none is missing one', () => {
      const { program, examples } = createProgram(around([], {}).around);
      const leaves = program.commands.flatMap((command) =>
        command.commands.length === 0
          ? [command.name()]
          : command.commands.map((below) => `${command.name()} ${below.name()}`),
      );
      expect(leaves.length).toBeGreaterThan(25);
      for (const leaf of leaves) {
        expect(examples.filter((example) => example === leaf || example.startsWith(`${leaf} `))).toHaveLength(
          1,
        );
      }
      expect(examples).toHaveLength(leaves.length);
    });

    it('is shown on stdout and ends with 0', async () => {
      const { code, out, err } = await run(['endpoints', 'create', '--help']);
      expect({ code, err }).toEqual({ code: 0, err: '' });
      expect(out).toContain('$ hyperhook endpoints create https://example.com/hook');
      expect(out).toContain('--api-key');
      expect((await run(['--help'])).out).toMatch(/Exit codes:\n {2}0 {2}done/);
    });
  });
});
