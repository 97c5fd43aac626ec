import type { Revealed } from '../use-cases/reveal-secret.ts';
import { isoTime } from './iso-time.ts';

/** `secret`: the newest; `previous`: those that sign beside it until their grace period ends. */
export function revealedView(id: string, { secrets }: Revealed) {
  const [newest, ...previous] = secrets;
  return {
    id,
    secret: newest?.secret,
    previous: previous.map(({ secret, until }) => ({ secret, expires_at: isoTime(until) })),
  };
}
