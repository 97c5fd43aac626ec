import { describe, expect, it } from '@jest/globals';
import { cpuShares, heapShares } from './self-shares.ts';

const frame = (functionName: string, url = '') => ({
  functionName,
  url,
  scriptId: '0',
  lineNumber: 6,
  columnNumber: 0,
});

describe('what profiles say', () => {
  it('gives a sample the time until the next one, and leaves out what was idle', () => {
    const { total, shares } = cpuShares(
      {
        nodes: [
          { id: 1, callFrame: frame('(idle)') },
          { id: 2, callFrame: frame('sign', 'node:crypto') },
          { id: 3, callFrame: frame('send', 'node:net') },
        ],
        startTime: 0,
        endTime: 20_000,
        samples: [1, 2, 3, 2],
        timeDeltas: [0, 9_000, 3_000, 1_000, 2_000],
      },
      'function',
    );
    expect(total).toBe(6);
    expect(shares).toEqual([
      { place: 'sign node:crypto:7', amount: 5 },
      { place: 'send node:net:7', amount: 1 },
    ]);
  });

  it('sums what is allocated by the package it is allocated in', () => {
    const leaf = (url: string, kibibytes: number) => ({
      callFrame: frame('f', url),
      selfSize: kibibytes * 1_024,
      id: 0,
      children: [],
    });
    const head = {
      ...leaf('', 0),
      children: [
        leaf('/a/node_modules/kafkajs/x.js', 2),
        leaf('/a/node_modules/kafkajs/y.js', 1),
        leaf('/a/node_modules/@nestjs/core/z.js', 1),
      ],
    };
    expect(heapShares({ head }, 'module').shares).toEqual([
      { place: 'kafkajs', amount: 3 },
      { place: '@nestjs/core', amount: 1 },
    ]);
  });
});
