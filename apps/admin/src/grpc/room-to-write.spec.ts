import { PassThrough } from 'node:stream';
import { describe, expect, it } from '@jest/globals';
import { roomToWrite } from './room-to-write.ts';

const started = () => {
  const call = new PassThrough();
  const before = listeners(call);
  return { call, closing: new AbortController(), left: () => listeners(call) - before };
};
const listeners = (call: PassThrough) =>
  call.eventNames().reduce((sum, name) => sum + call.listenerCount(name), 0);

describe('room to write', () => {
  it.each([
    ['the client takes more', ({ call }) => call.emit('drain')],
    ['the client goes', ({ call }) => call.destroy()],
    ['the process begins to stop', ({ closing }) => closing.abort()],
  ] as [string, (at: ReturnType<typeof started>) => unknown][])(
    'is there when %s, and nothing listens after that',
    async (_, happens) => {
      const at = started();
      const room = roomToWrite(at.call, at.closing.signal);
      expect(at.left()).toBe(2);
      happens(at);
      await room;
      expect(at.left()).toBe(0);
    },
  );

  it('is waited for by nobody where the client has gone or the process stops already', async () => {
    const { call, closing } = started();
    closing.abort();
    await roomToWrite(call, closing.signal);
    const gone = started();
    gone.call.destroy();
    await roomToWrite(gone.call, gone.closing.signal);
    expect(gone.left()).toBe(0);
  });
});
