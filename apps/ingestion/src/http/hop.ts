import type { IncomingHttpHeaders } from 'node:http';
import { Refused } from '#http-edge';

const HOP_HEADER = 'x-hyperhook-hop';
const MAX_HOPS = 3;

/**
 * How many deliveries led to what is published, as the request itself says: each delivery carries the number, and who
 * makes an event of one hands the header on. Two endpoints that feed each other, or one that feeds us, end here. Throws
 * {@link Refused} `loop_detected` beyond three. What is no number counts as none: it is a hint of friends, not a control.
 */
export function hopOf(headers: IncomingHttpHeaders): number {
  const header = headers[HOP_HEADER];
  const text = Array.isArray(header) ? header[0] : header;
  if (text === undefined || !/^\d{1,3}$/.test(text)) return 0;
  const hop = Number(text);
  if (hop <= MAX_HOPS) return hop;
  const detail = `this event comes from ${hop} deliveries, each published again; an endpoint feeds itself, find it and end it`;
  throw new Refused('loop_detected', detail);
}
