import { describe, expect, it } from '@jest/globals';
import { Readable } from 'node:stream';
import { readJsonBody } from './read-body.ts';
import { Refused } from './refused.ts';

const json = { 'content-type': 'application/json' };
const chunksOf = (...chunks: readonly string[]) => Readable.from(chunks.map((chunk) => Buffer.from(chunk)));
const read = (stream: Readable, head: object = json, max = 10) => readJsonBody(stream, head, max);

describe('readJsonBody', () => {
  it('gives the bytes up to the limit, in one piece', async () => {
    expect((await read(chunksOf('01234', '56789'))).toString()).toBe('0123456789');
    expect((await read(chunksOf('{}'))).toString()).toBe('{}');
  });

  it('refuses the first byte too many without a declared length, and keeps none of what follows', async () => {
    const stream = chunksOf('01234', '56789', 'x', 'y'.repeat(100_000));
    await expect(read(stream)).rejects.toMatchObject({
      code: 'body_too_large',
      headers: { connection: 'close' },
    });
    expect(stream.readableFlowing).toBe(true);
  });

  it('refuses a declared length above the limit before reading', async () => {
    const never = new Readable({ read: () => expect(true).toBe(false) });
    await expect(read(never, { ...json, 'content-length': '99999999999' })).rejects.toMatchObject({
      code: 'body_too_large',
      headers: { connection: 'close' },
    });
  });

  it('lets a sender that is only a little above the limit finish, so that the answer is read', async () => {
    await expect(read(chunksOf('01234567890'), { ...json, 'content-length': '11' })).rejects.toMatchObject({
      code: 'body_too_large',
      headers: {},
    });
  });

  it('tells how much arrived, and stops reading for a caller that has no room', async () => {
    let room = 7;
    const onBytes = (bytes: number) => {
      room -= bytes;
      if (room < 0) throw new Refused('overloaded', 'no room');
    };
    await expect(readJsonBody(chunksOf('01234', '567'), json, 10, onBytes)).rejects.toMatchObject({
      code: 'overloaded',
    });
    expect(room).toBe(-1);
  });

  it('does not wait for a sender that left before the reading began', async () => {
    const stream = new Readable({ read: () => {} });
    stream.destroy();
    await new Promise((resolve) => stream.once('close', resolve));
    await expect(read(stream)).rejects.toMatchObject({ code: 'bad_request' });
  });

  it('refuses an empty body', async () => {
    await expect(read(chunksOf())).rejects.toMatchObject({ code: 'empty_body' });
  });

  it('refuses a body that is cut short', async () => {
    const stream = new Readable({ read: () => {} });
    const reading = read(stream);
    stream.push('{');
    stream.destroy();
    await expect(reading).rejects.toMatchObject({ code: 'bad_request' });
    const broken = new Readable({ read: () => {} });
    const failing = read(broken);
    broken.destroy(new Error('aborted'));
    await expect(failing).rejects.toMatchObject({ code: 'bad_request' });
  });

  it.each([
    'application/json',
    'Application/JSON; charset=utf-8',
    'application/json;charset="UTF-8"',
    'application/cloudevents+json',
  ])('reads %s', async (type) => {
    expect((await read(chunksOf('{}'), { 'content-type': type })).length).toBe(2);
  });

  it.each([
    [undefined],
    ['text/plain'],
    ['application/jsonx'],
    ['text/json'],
    ['application/json; charset=latin1'],
  ])('refuses the media type %s', async (type) => {
    await expect(read(chunksOf('{}'), { 'content-type': type })).rejects.toMatchObject({
      code: 'unsupported_media_type',
    });
  });

  it('refuses compressed bodies', async () => {
    await expect(read(chunksOf('{}'), { ...json, 'content-encoding': 'gzip' })).rejects.toMatchObject({
      code: 'unsupported_media_type',
      headers: { 'accept-encoding': 'identity' },
    });
  });
});
