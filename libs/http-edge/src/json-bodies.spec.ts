import { describe, expect, it } from '@jest/globals';
import { Readable } from 'node:stream';
import { acceptJsonBodies } from './json-bodies.ts';

type Parser = Parameters<Parameters<typeof acceptJsonBodies>[0]['addContentTypeParser']>[1];

function parser(maxBytes = 100): Parser {
  const parsers: [string, Parser][] = [['application/json', async () => 'the framework’s own']];
  acceptJsonBodies(
    {
      removeAllContentTypeParsers: () => parsers.splice(0),
      addContentTypeParser: (type, parse) => parsers.push([type, parse]),
    },
    maxBytes,
  );
  const [[type, parse] = ['', undefined]] = parsers;
  if (type !== '*' || parse === undefined) throw new Error('no parser for every media type');
  return parse;
}

const request = (headers: object = {}) => ({
  headers: { 'content-type': 'application/json', 'transfer-encoding': 'chunked', ...headers },
});

describe('acceptJsonBodies', () => {
  it('parses JSON by the strict rules of events', async () => {
    const read = (text: string) => parser()(request(), Readable.from([Buffer.from(text)]));
    expect(await read('{"a":[1,null]}')).toEqual({ a: [1, null] });
    await expect(read('{"a":1,"a":2}')).rejects.toMatchObject({ code: 'duplicate_key' });
    await expect(read('{"a":')).rejects.toMatchObject({ code: 'invalid_json' });
    await expect(read(`"${'a'.repeat(100)}"`)).rejects.toMatchObject({ code: 'body_too_large' });
  });

  it('refuses forms and other media, which browsers send across sites without asking', async () => {
    const form = request({ 'content-type': 'text/plain' });
    await expect(parser()(form, Readable.from([]))).rejects.toMatchObject({ code: 'unsupported_media_type' });
  });

  it.each(['0', undefined])('takes a length of %p without chunks for no body', async (length) => {
    const head = request({ 'content-length': length, 'transfer-encoding': undefined });
    expect(await parser()(head, Readable.from([Buffer.from('{}')]))).toBeUndefined();
  });
});
