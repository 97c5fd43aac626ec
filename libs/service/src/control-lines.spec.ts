import { describe, expect, it } from '@jest/globals';
import type { ControlFact } from '#domain';
import { createLogger, type LogLevel } from '#platform';
import { controlLines } from './control-lines.ts';

const created: ControlFact = {
  type: 'endpoint.created',
  tenantId: 'acme',
  endpointId: 'wh_1',
  version: 1,
  at: 1,
  settings: {
    url: 'https://example.com/hook?key=query-token',
    events: [],
    description: 'their name',
    headers: { authorization: 'Bearer of-the-customer' },
  },
  secrets: [{ sealed: 'sealed-secret', until: null }],
  active: true,
};
const asked: ControlFact = {
  type: 'delivery.asked',
  askedBy: 'replay',
  tenantId: 'acme',
  endpointId: 'wh_1',
  deliveryId: '0b9c1f7e-3c55-5d0e-9a51-6f2a7c1d2e3f',
  at: 1,
};

function told(level: LogLevel, ...facts: readonly ControlFact[]) {
  const lines: string[] = [];
  const destination = { write: (line: string) => void lines.push(line) };
  const tell = controlLines(createLogger({ name: 'test', level, destination }));
  for (const fact of facts) tell({ fact, actor: 'key:key_1', offset: 17 });
  return lines;
}

describe('lines of control facts', () => {
  it('say what was decided, by whom, of whose, and where it stands; nothing that a customer set', () => {
    const [line = '', ...more] = told('info', created);
    expect(more).toEqual([]);
    expect(JSON.parse(line)).toMatchObject({
      level: 'info',
      msg: 'control.applied',
      fact: 'endpoint.created',
      actor: 'key:key_1',
      offset: 17,
      tenantId: 'acme',
      endpointId: 'wh_1',
    });
    for (const hidden of ['query-token', 'of-the-customer', 'sealed-secret', 'their name'])
      expect(line).not.toContain(hidden);
    expect(JSON.stringify(created)).toContain('sealed-secret');
  });

  it('leave askings to those who look for them', () => {
    expect(told('info', asked)).toEqual([]);
    expect(told('debug', asked)).toHaveLength(1);
    expect(told('warn', created)).toEqual([]);
  });
});
