import { passedWithin, type FollowedControl } from '#control';
import type { Log } from '#log';
import { Refused, retryAfter } from './refused.ts';

/** Answers carry the position that makes their change visible; requests may ask to be read after it (R20). */
export const CONTROL_POSITION_HEADER = 'hyperhook-control-position';

const WAIT_MS = 2_000;

export interface ControlPositionDeps {
  readonly control: FollowedControl;
  readonly log: Pick<Log, 'endOffsets'>;
  /** The echo lies past the end of the topic: this is a restored backup, or the header is made up. */
  readonly onPastEnd: (position: number, end: number) => void;
  readonly waitMs?: number;
}

/**
 * R20: waits until the own control table has passed the position that the caller echoes (absent: at once), 2 s at most;
 * then {@link Refused} with 503. A position past the topic's end is ignored with an alert: waiting for it would stall
 * every publisher that remembers a position from before a backup was restored.
 */
export async function passEchoedPosition(
  deps: ControlPositionDeps,
  header: string | undefined,
): Promise<void> {
  if (header === undefined) return;
  const position = parsePosition(header);
  if (deps.control.hasPassed(position)) return;
  const [end = 0] = await deps.log.endOffsets('control');
  if (position > end) {
    deps.onPastEnd(position, end);
    return;
  }
  try {
    await passedWithin(deps.control, position, deps.waitMs ?? WAIT_MS);
  } catch (error) {
    throw notArrivedYet(position, error);
  }
}

/** 503. Too late, or the table follows no more: either way another try, perhaps of another process, may find it. */
export function notArrivedYet(position: number, cause: unknown): Refused {
  const detail = `control position ${position} has not arrived here yet; send the same request again`;
  return new Refused('unavailable', detail, { headers: retryAfter(1), cause });
}

function parsePosition(text: string): number {
  if (/^\d{1,15}$/.test(text)) return Number(text);
  const detail = `"${CONTROL_POSITION_HEADER}" must be a number as an answer of this API gave it`;
  throw new Refused('invalid_header', detail);
}
