import type { Erasing } from '../use-cases/erase-data.ts';
import { isoTime } from './iso-time.ts';

export function erasingView(tenant: string, { events, at }: Erasing) {
  return { tenant, events, accepted_until: isoTime(at) };
}
