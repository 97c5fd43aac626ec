import { describe, expect, it } from '@jest/globals';
import { isEventId, loadContracts, shippedContractsDirectory } from '#contracts';
import { parseUpstreamFile } from '../mapping/upstream-file.ts';
import { upstreamEventId } from './upstream-event-id.ts';

const contracts = [...loadContracts([shippedContractsDirectory()]).values()];
const sourceOf = (ids: string) =>
  parseUpstreamFile(
    JSON.stringify({ sources: [{ topic: 't', format: 'cloudevents', tenant: { value: 'a' }, ids }] }),
    'test',
  )[0]!;
const asGiven = sourceOf('as-given');
const bySource = sourceOf('by-source');
const at = (offset: string, timestamp = '1', partition = 0) => ({
  topic: 't',
  partition,
  message: { offset, timestamp, headers: {}, value: null },
});
const none = { id: undefined, origin: '/a' };

describe.each(contracts)('the event id of an upstream record under $id', (contract) => {
  const idOf = (
    record: ReturnType<typeof at>,
    event: { id: string | undefined; origin: string },
    source = asGiven,
  ) => upstreamEventId(contract, source, record, event);
  const fitting = idOf(at('0'), none);

  it('stays as it was given where the contract allows it', () => {
    expect(idOf(at('5'), { id: fitting, origin: '/a' })).toBe(fitting);
  });

  it('is hashed with its origin where the contract does not allow it', () => {
    const odd = { id: 'no id / of any contract ✗', origin: '/a' };
    const id = idOf(at('5'), odd);
    expect(isEventId(contract, id)).toBe(true);
    expect(idOf(at('6'), odd)).toBe(id);
    expect(idOf(at('5'), { ...odd, origin: '/b' })).not.toBe(id);
  });

  it('is hashed with its origin where the source counts for itself', () => {
    const given = { id: fitting, origin: '/a' };
    const id = idOf(at('5'), given, bySource);
    expect(isEventId(contract, id)).toBe(true);
    expect(id).not.toBe(fitting);
    expect(idOf(at('5'), { ...given, origin: '/b' }, bySource)).not.toBe(id);
  });

  it('is that of its place where it carries none, the same each time', () => {
    expect(isEventId(contract, fitting)).toBe(true);
    expect(idOf(at('0'), none)).toBe(fitting);
    const others = [at('1'), at('0', '2'), at('0', '1', 1)].map((record) => idOf(record, none));
    expect(new Set([fitting, ...others]).size).toBe(4);
  });
});
