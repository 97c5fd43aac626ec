import { beforeEach, describe, expect, it } from '@jest/globals';
import { FetchSession } from './fetch-session.ts';

const at = (partition: number, from: number) => ({ name: 't', partition, from });
const all = [at(0, 5), at(1, 6)];

describe('a fetch session', () => {
  let session: FetchSession;
  beforeEach(() => {
    session = new FetchSession();
    session.next(all);
    session.answered({ errorCode: 0, sessionId: 9 });
  });

  it('names everything to begin with', () => {
    expect(new FetchSession().next(all)).toEqual({
      sessionId: 0,
      sessionEpoch: 0,
      wanted: all,
      forgotten: [],
    });
  });

  it('names only what moved, came or went', () => {
    const next = session.next([at(1, 7), at(2, 0)]);
    expect(next).toEqual({
      sessionId: 9,
      sessionEpoch: 1,
      wanted: [at(1, 7), at(2, 0)],
      forgotten: [at(0, 5)],
    });
    session.answered({ errorCode: 0, sessionId: 9 });
    expect(session.next([at(1, 7), at(2, 0)])).toMatchObject({ sessionEpoch: 2, wanted: [], forgotten: [] });
  });

  it.each([70, 71])('begins anew where the broker answers %d, and has the request repeated', (errorCode) => {
    session.next(all);
    expect(session.answered({ errorCode, sessionId: 0 })).toBe(false);
    expect(session.next(all)).toEqual({ sessionId: 0, sessionEpoch: 0, wanted: all, forgotten: [] });
  });

  it('begins anew after a request without an answer, and lets the broker forget the old one', () => {
    session.next([at(0, 5)]);
    session.lost();
    expect(session.next(all)).toEqual({ sessionId: 9, sessionEpoch: 0, wanted: all, forgotten: [] });
  });

  it('names everything each time where the broker has no room for another session', () => {
    session.next(all);
    session.answered({ errorCode: 0, sessionId: 0 });
    expect(session.next(all)).toEqual({ sessionId: 0, sessionEpoch: 0, wanted: all, forgotten: [] });
  });
});
