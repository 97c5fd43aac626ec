import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createThrowAwayCa, eventually } from '#testkit';
import {
  extensions,
  fillSnippet,
  formOf,
  languages,
  type Language,
} from '../../apps/dashboard/src/portal/verify/snippet.ts';
import { CustomerServer } from '../support/customer-server.ts';
import { makeDataFolder } from '../support/data-folder.ts';
import type { EngineUnderTest } from '../support/engine-under-test.ts';
import { openEngine } from '../support/open-engine.ts';

type Contract = Parameters<typeof formOf>[0] & { readonly id: string };

interface Case {
  readonly name: string;
  readonly contract: string;
  readonly tenant: object;
  readonly webhook?: object;
  readonly scheme?: 'v1a';
  readonly type: string;
  readonly data: object;
}

const JWT_SECRET = 'the-jwt-secret-of-the-app';
const uuid = (last: string): string => `a1b2c3d4-0000-4000-8000-${last.padStart(12, '0')}`;
/** What could end a literal, or be taken for a place in a template. */
const nasty = 'Größe "日本" 👍 \\n \' ` ${x} $& \u2028\u202e __BODY__ \u0001 %s';

const cases: readonly Case[] = [
  {
    name: 'hyperspell',
    contract: 'hyperspell',
    tenant: { attributes: { app: 'demo-app' }, secret: JWT_SECRET },
    type: 'index-completed',
    data: { user_id: nasty, source: 'notion', resource_id: null },
  },
  {
    name: 'hypertune',
    contract: 'hypertune',
    tenant: {},
    type: 'NEW_COMMIT',
    data: {
      project: { id: '1', name: nasty },
      commit: { id: '2', message: 'v5' },
      user: { id: '3', displayName: 'Ann', email: 'ann@example.com' },
    },
  },
  {
    name: 'hyperleap',
    contract: 'hyperleap',
    tenant: { attributes: { chatbotId: uuid('a'), chatbotName: 'Bot', organizationId: uuid('b') } },
    type: 'conversation.message',
    data: { conversationId: uuid('c'), message: nasty },
  },
  {
    name: 'hyprwatch',
    contract: 'hyprwatch',
    tenant: {},
    type: 'host.online',
    data: { host_id: 'h_1', hostname: nasty, platform: 'linux', load: 1.0 },
  },
  {
    name: 'standard-webhooks',
    contract: 'standard-webhooks',
    tenant: {},
    type: 'order.paid',
    data: { note: nasty },
  },
  {
    name: 'standard-webhooks with a public key',
    contract: 'standard-webhooks',
    tenant: {},
    webhook: { signature: 'v1a' },
    scheme: 'v1a',
    type: 'order.paid',
    data: { note: nasty },
  },
];

/** Go is built first: what `go run` says of an exit code is not the program's word. */
function startOf(language: Language, file: string): readonly [string, ...string[]] {
  if (language === 'node') return [process.execPath, file];
  if (language === 'python') return ['python3', file];
  const built = spawnSync('go', ['build', '-o', `${file}.out`, file], { encoding: 'utf8' });
  if (built.status !== 0) throw new Error(built.stderr);
  return [`${file}.out`];
}

/** Of the same form, one bit of it changed. */
function anotherThan(secret: string): string {
  const [prefix = '', text = ''] = secret.split('_');
  if (!prefix.startsWith('wh')) return `${secret}x`;
  const bytes = Buffer.from(text, 'base64').map((byte, index) => (index === 5 ? byte ^ 1 : byte));
  return `${prefix}_${Buffer.from(bytes).toString('base64')}`;
}

const probes: Record<Language, readonly [string, ...string[]]> = {
  node: [process.execPath, '--version'],
  python: ['python3', '--version'],
  go: ['go', 'version'],
};
const isThere = ([command, ...args]: readonly [string, ...string[]]): boolean =>
  spawnSync(command, args, { stdio: 'ignore' }).status === 0;
const missing = languages.filter((language) => !isThere(probes[language]));
const judging = languages.filter((language) => !missing.includes(language));

describe('the programs that the page shows for checking a signature', () => {
  const servers = { plain: new CustomerServer(), tls: undefined as CustomerServer | undefined };
  const contracts = new Map<string, Contract>();
  const secrets = new Map<string, string>();
  const requests = new Map<string, { headers: Record<string, string>; body: string }>();
  let folder: Awaited<ReturnType<typeof makeDataFolder>>;
  let engine: EngineUnderTest;

  beforeAll(async () => {
    folder = await makeDataFolder('snippets');
    const ca = await createThrowAwayCa();
    const caFile = join(folder.path, 'ca.pem');
    await writeFile(caFile, ca.ca);
    servers.tls = new CustomerServer(() => 200, await ca.issue());
    const plain = await servers.plain.open();
    const tls = await servers.tls.open();
    engine = await openEngine('snippets', { HYPERHOOK_EXTRA_CA_FILE: caFile });
    const { data } = await engine.must<{ data: Contract[] }>('GET', '/contracts');
    for (const contract of data) contracts.set(contract.id, contract);
    await Promise.all(
      cases.map((one, index) => send(one, `t${index}`, one.contract === 'hyperleap' ? tls : plain)),
    );
  }, 180_000);

  afterAll(async () => {
    await engine?.remove();
    await servers.plain.close();
    await servers.tls?.close();
    await folder?.remove();
  }, 180_000);

  /** One really signed request of the case, as it arrived and as the API tells of it. */
  async function send({ name, contract, tenant, webhook, type, data }: Case, id: string, url: string) {
    await engine.must('POST', '/tenants', { id, name: id, contract, ...tenant });
    const hook = { url: `${url}/${id}`, ...webhook };
    const made = await engine.must<{ secret: string | null; public_key?: string }>(
      'POST',
      `/webhooks?tenant=${id}`,
      hook,
    );
    secrets.set(name, made.secret ?? made.public_key ?? JWT_SECRET);
    await engine.must('POST', '/events', { tenant: id, type, data });
    const arrival = await eventually(() => {
      const [first] = [...servers.plain.at(`/${id}`), ...(servers.tls?.at(`/${id}`) ?? [])];
      if (first === undefined) throw new Error(`nothing has come for ${name}`);
      return first;
    });
    const headers = await eventually(async () => {
      const list = await engine.must<{ data: { id: string }[] }>('GET', `/deliveries?tenant=${id}`);
      const path = `/deliveries/${list.data[0]?.id ?? 'none'}?tenant=${id}`;
      const detail = await engine.must<{ attempt_log: { request: { headers: Record<string, string> } }[] }>(
        'GET',
        path,
      );
      const [attempt] = detail.attempt_log;
      if (attempt === undefined) throw new Error('no attempt is told of yet');
      return attempt.request.headers;
    });
    requests.set(name, { headers, body: arrival.body.toString('utf8') });
  }

  /** The program of one request, ready to be started with a secret. */
  async function program(one: Case, language: Language, body?: string) {
    const contract = contracts.get(one.contract)!;
    const form = formOf(contract, one.scheme ?? 'v1', language)!;
    const extension = extensions[language];
    const template = readFileSync(`apps/dashboard/src/portal/verify/snippets/${form}.${extension}`, 'utf8');
    const sent = requests.get(one.name)!;
    const place = await mkdtemp(join(folder.path, `${language}-`));
    const file = join(place, `verify.${extension}`);
    const request = { headers: sent.headers, body: body ?? sent.body };
    await writeFile(file, fillSnippet(template, form, contract, language, request));
    const [command, ...args] = startOf(language, file);
    return (secret: string) => {
      const env = { ...process.env, WEBHOOK_SECRET: secret, PUBLIC_KEY: secret };
      const { status, stdout, stderr } = spawnSync(command, args, { encoding: 'utf8', env });
      return { said: stdout.trim(), status, stderr };
    };
  }

  it('are judged where their languages are, which CI has all', () => {
    if (missing.length > 0)
      process.stderr.write(`not run, because it is not installed: ${missing.join(', ')}\n`);
    expect(process.env['CI'] === 'true' ? missing : []).toEqual([]);
  });

  const judged = cases.flatMap((one) =>
    judging
      .filter((language) => !(one.scheme === 'v1a' && language === 'python'))
      .map((language) => [one.name, language, one] as const),
  );

  it.each(judged)(
    '%s in %s: take what was sent, and nothing that was changed on the way',
    async (name, language, one) => {
      const secret = secrets.get(name)!;
      const genuine = { said: 'genuine', status: 0, stderr: '' };
      const forged = { said: 'NOT genuine', status: 1, stderr: '' };
      const judge = await program(one, language);
      expect(judge(secret)).toEqual(genuine);
      expect(judge(anotherThan(secret))).toEqual(forged);
      const changed = requests.get(name)!.body.replace('}', ' }');
      expect((await program(one, language, changed))(secret)).toEqual(forged);
    },
    120_000,
  );

  it('have none for a public key in Python, whose library knows no ed25519', () => {
    const contract = contracts.get('standard-webhooks')!;
    expect(formOf(contract, 'v1a', 'python')).toBeNull();
    expect(formOf(contract, 'both', 'python')).toBe('headers-and-body');
  });
});
