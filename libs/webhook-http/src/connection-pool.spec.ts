import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { ConnectionPool } from './connection-pool.ts';
import { Connection } from './connection.ts';

/** Connects nowhere: what is pooled here is never used. */
const nowhere = (): undefined => undefined;
const dropped: Connection[] = [];
class Watched extends Connection {
  override drop(): void {
    dropped.push(this);
    super.drop();
  }
}
let pool: ConnectionPool;
const opened: Connection[] = [];
const poolOf = (maxIdle: number): ConnectionPool =>
  new ConnectionPool({
    maxIdle,
    open: (origin) => {
      const connection = new Watched(origin, nowhere, 16_384);
      opened.push(connection);
      return connection;
    },
  });

beforeEach(() => {
  pool = poolOf(3);
  opened.length = 0;
  dropped.length = 0;
});
afterEach(() => pool.close());

describe('kept connections', () => {
  it('are lent again, the one used last first, each to one borrower', () => {
    const [a, b] = [pool.borrow('http://a.example'), pool.borrow('http://a.example')];
    pool.giveBack(a);
    pool.giveBack(b);
    expect(pool.borrow('http://a.example')).toBe(b);
    expect(pool.borrow('http://a.example')).toBe(a);
    expect(pool.borrow('http://a.example')).not.toBe(a);
    expect(pool.borrow('http://b.example').origin).toBe('http://b.example');
  });

  it('make room for newer ones, the one idle longest first', () => {
    const all = ['a', 'b', 'c', 'd'].map((host) => pool.borrow(`http://${host}.example`));
    for (const connection of all) pool.giveBack(connection);
    expect(dropped).toEqual([all[0]]);
    expect(pool.borrow('http://d.example')).toBe(all[3]);
  });

  it('are all dropped at the end, and so is what comes back later', () => {
    const [a, b] = [pool.borrow('http://a.example'), pool.borrow('http://a.example')];
    pool.giveBack(a);
    pool.close();
    pool.giveBack(b);
    expect(dropped).toEqual([a, b]);
  });

  it('are lent to one at a time and never after they were dropped, in whatever order they come and go', () => {
    const step = fc.record({ host: fc.constantFrom('a', 'b', 'c'), back: fc.boolean() });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), fc.integer({ min: 0, max: 4 }), (steps, maxIdle) => {
        const tried = poolOf(maxIdle);
        const lent: Connection[] = [];
        for (const { host, back } of steps) {
          const returned = back ? lent.shift() : undefined;
          if (returned !== undefined) tried.giveBack(returned);
          else {
            const connection = tried.borrow(`http://${host}.example`);
            expect(lent).not.toContain(connection);
            expect(dropped).not.toContain(connection);
            expect(connection.origin).toBe(`http://${host}.example`);
            lent.push(connection);
          }
        }
        for (const connection of lent) tried.giveBack(connection);
        tried.close();
        expect(new Set(dropped)).toEqual(new Set(opened));
      }),
      { numRuns: 50 },
    );
  });
});
