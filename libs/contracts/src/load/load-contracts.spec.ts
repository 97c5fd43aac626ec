import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createHmac } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { wireOf } from '../providers/wire.ts';
import { ContractError } from './contract-error.ts';
import { loadContracts } from './load-contracts.ts';
import { shippedContractsDirectory } from './shipped-contracts.ts';

type Json = Record<string, unknown>;
const shipped = (id: string) =>
  JSON.parse(readFileSync(join(shippedContractsDirectory(), `${id}.json`), 'utf8')) as Json;

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'contracts-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const write = (name: string, value: unknown) =>
  writeFileSync(join(folder, name), typeof value === 'string' ? value : JSON.stringify(value));

function refusal(): ContractError {
  try {
    loadContracts([folder]);
  } catch (error) {
    if (error instanceof ContractError) return error;
    throw error;
  }
  throw new Error('the contracts were loaded');
}

/** Hyprwatch's file with one thing changed: the path's last step is set, or removed where the value is undefined. */
function changed(path: readonly (string | number)[], value: unknown): Json {
  const file = shipped('hyprwatch');
  let at = file as Record<string | number, unknown>;
  for (const step of path.slice(0, -1)) at = at[step] as Record<string | number, unknown>;
  at[path.at(-1)!] = value;
  return file;
}

describe('the contracts that come with the engine', () => {
  it('are five, by id', () => {
    const contracts = loadContracts([shippedContractsDirectory()]);
    expect([...contracts.keys()].sort()).toEqual([
      'hyperleap',
      'hyperspell',
      'hypertune',
      'hyprwatch',
      'standard-webhooks',
    ]);
    for (const [id, contract] of contracts) expect(contract.id).toBe(id);
  });

  it('cannot be changed once loaded', () => {
    const contract = loadContracts([shippedContractsDirectory()]).get('hyprwatch')!;
    expect(() => Object.assign(contract.policy, { timeoutMs: 1 })).toThrow(TypeError);
    expect(() => Object.assign(contract.eventTypes.get('host.online')!.sample, { x: 1 })).toThrow(TypeError);
  });

  it('are found from a bundle too', () => {
    const bundle = join(folder, 'dist', 'apps', 'admin');
    mkdirSync(bundle, { recursive: true });
    write('package.json', { name: 'hyperhook' });
    expect(shippedContractsDirectory(bundle)).toBe(join(folder, 'libs', 'contracts', 'data'));
  });

  it('say so where they cannot be found', () => {
    expect(() => shippedContractsDirectory(folder)).toThrow(/cannot be found/);
  });
});

describe('a provider from a data file alone', () => {
  const acme = {
    ...shipped('hyperleap'),
    id: 'acme',
    title: 'Acme',
    keyPrefix: 'ac_live_',
    attributes: [{ name: 'shop', description: 'Slug.', pattern: '[a-z]+', example: 'tools' }],
    eventId: { pattern: 'a[0-9a-f]{20}', prefix: 'a', alphabet: '0123456789abcdef', length: 20 },
    envelope: [
      { from: 'data-members' },
      { name: 'delivery', from: 'delivery-id' },
      { name: 'shop', from: 'attribute', attribute: 'shop' },
      { name: 'é', from: 'event-id' },
      { name: 'at', from: 'occurred-at', format: 'unix-seconds' },
    ],
    headers: [{ name: 'X-ACME-Time', value: 'attempt-seconds' }],
    signature: {
      header: 'X-ACME-Sign',
      prefix: 'a1:',
      encoding: 'base64',
      key: 'utf8',
      content: ['attempt-seconds', 'event-type', 'body'],
      separator: ';',
    },
    eventTypes: [
      {
        type: 'order.paid',
        label: 'Paid',
        description: 'An order is paid.',
        maxBytes: 100,
        schema: { type: 'object', required: ['total'], properties: { total: { type: 'number' } } },
        sample: { total: 1.5 },
      },
    ],
  };

  it('renders and signs', () => {
    write('acme.json', acme);
    const contracts = loadContracts([shippedContractsDirectory(), folder]);
    expect(contracts.size).toBe(6);
    const wire = wireOf(contracts.get('acme')!);
    const body = wire.body({ type: 'order.paid', occurredAt: 5_999 });
    expect(body).toMatch(
      /^\{"total":1\.5,"delivery":"[0-9a-f-]{36}","shop":"tools","é":"a[0-9a-f]{20}","at":5\}$/,
    );
    const sign = (key: string) =>
      `a1:${createHmac('sha256', key).update('1614265330.order.paid.{}').digest('base64')}`;
    expect(wire.headers(['second-key', 'first-key'], '{}')).toEqual({
      'Content-Type': 'application/json',
      'X-ACME-Time': '1614265330',
      'X-ACME-Sign': `${sign('second-key')};${sign('first-key')}`,
    });
  });

  it('leaves out what spread data does not hold, separators included', () => {
    write('acme.json', {
      ...acme,
      eventTypes: [{ ...acme.eventTypes[0], schema: { type: 'object' }, sample: {} }],
    });
    const wire = wireOf(loadContracts([folder]).get('acme')!);
    expect(wire.body({ type: 'order.paid' })).toMatch(/^\{"delivery":/);
  });
});

describe('a contract file that is wrong', () => {
  it.each<[readonly (string | number)[], unknown, string, RegExp]>([
    [['id'], 'Hypr Watch', '/id', /pattern/],
    [['colour'], 'red', '/colour', /additional/],
    [['policy', 'delays', 1], '-5m', '/policy/delays/1', /pattern/],
    [['policy', 'delays', 1], '25h', '/policy/delays/1', /longer than a day/],
    [['policy', 'timeout'], '0s', '/policy/timeout', /greater than 0/],
    [['policy', 'success'], [[299, 200]], '/policy/success/0', /after its end/],
    [['typePattern'], '(', '/typePattern', /regular expression/],
    [['eventId', 'pattern'], 'evt_[0-9]+', '/eventId/pattern', /evt_a{26}/],
    [['eventId', 'alphabet'], 'abc', '/eventId/alphabet', /2, 4, 8, 16, 32 or 64/],
    [['eventId', 'alphabet'], 'aa', '/eventId/alphabet', /twice/],
    [
      ['envelope', 0],
      { name: 'x', from: 'attribute', attribute: 'nope' },
      '/envelope/0/attribute',
      /not among/,
    ],
    [['envelope', 1], { name: 'id', from: 'event-type' }, '/envelope/1', /twice/],
    [['headers'], [{ name: 'x-hyprwatch-signature', value: 'event-id' }], '/headers', /twice/],
    [['headers'], [{ name: 'Content-Type', value: 'event-id' }], '/headers', /twice/],
    [['signature', 'content'], ['body', 'event-id'], '/signature/content', /end with body/],
    [['eventTypes', 0, 'type'], 'a b', '/eventTypes/0/type', /typePattern/],
    [['eventTypes', 1, 'type'], 'host.enrolled', '/eventTypes/1/type', /twice/],
    [['eventTypes', 0, 'schema'], { type: 'objekt' }, '/eventTypes/0/schema', /no JSON Schema/],
    [['eventTypes', 0, 'sample', 'host_id'], 7, '/eventTypes/0/sample/host_id', /string/],
    [['eventTypes', 0, 'sample', 'host_id'], undefined, '/eventTypes/0/sample/host_id', /required/],
  ])('names the file, the place and the reason: %j = %j', (path, value, pointer, reason) => {
    write('bad.json', changed(path, value));
    expect(refusal()).toMatchObject({ file: join(folder, 'bad.json'), pointer });
    expect(refusal().message).toMatch(reason);
    expect(refusal().message).toContain(`bad.json at ${pointer}`);
  });

  it('names both files that have the same id', () => {
    cpSync(join(shippedContractsDirectory(), 'hyprwatch.json'), join(folder, 'copy.json'));
    expect(() => loadContracts([shippedContractsDirectory(), folder])).toThrow(
      /copy\.json at \/id.*hyprwatch\.json/,
    );
  });

  it('is refused where it is no JSON, or says the same thing twice', () => {
    write('bad.json', '{"id":"a","id":"b"}');
    expect(refusal()).toMatchObject({ pointer: '/id' });
    write('bad.json', '{');
    expect(refusal().reason).toMatch(/the text ends here/);
  });

  it('may be a whole folder', () => {
    expect(() => loadContracts([join(folder, 'none')])).toThrow(ContractError);
  });
});
