export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export type Wire = 'accepted' | 'delivered' | 'held' | 'unreadable' | 'failed' | 'due';

export interface EnginePicture {
  readonly shape: 'wide' | 'narrow';
  readonly width: number;
  readonly height: number;
  readonly events: Box;
  readonly attempts: Box;
  readonly delivered: Box;
  readonly held: Box;
  readonly quarantine: Box;
  /** What holds the tiers. */
  readonly rail: Box;
  /** One for each tier, in order. */
  readonly tiers: readonly Box[];
  /** SVG paths, in the direction in which things go. */
  readonly wires: Readonly<Record<Wire, string>>;
}

const WIDE_FROM = 720;

/**
 * Where everything stands, in pixels, for a given width: events come in on the left (on a phone: above), attempts are in the middle,
 * what they come to is on the right, and what failed goes round through the tiers below and comes back when it is due.
 */
export function enginePicture(width: number, tiers: number): EnginePicture {
  return width >= WIDE_FROM ? wide(width, tiers) : narrow(width, tiers);
}

function wide(width: number, tiers: number): EnginePicture {
  const outcome = 56;
  const gap = 14;
  const top = outcome * 3 + gap * 2;
  const loop = 58;
  const side = Math.round(Math.min(250, width * 0.21));
  const middle = Math.round(Math.min(330, width * 0.3));
  const tall = 118;
  const y = Math.round((top - tall) / 2);
  const events = { x: 0, y, width: side, height: tall };
  const attempts = { x: Math.round((width - middle) / 2), y, width: middle, height: tall };
  const right = width - side;
  const outcomes = [0, 1, 2].map((row) => ({
    x: right,
    y: row * (outcome + gap),
    width: side,
    height: outcome,
  }));
  const [delivered, held, quarantine] = outcomes as [Box, Box, Box];
  const rail = { x: 0, y: top + loop - y / 2, width, height: 152 };
  const [down, up] = [attempts.x + middle * 0.72, attempts.x + middle * 0.28];
  return {
    shape: 'wide',
    width,
    height: rail.y + rail.height,
    events,
    attempts,
    delivered,
    held,
    quarantine,
    rail,
    tiers: columns(rail, tiers),
    wires: {
      accepted: `M${at(side, midY(events))} L${at(attempts.x, midY(attempts))}`,
      delivered: sideways(attempts, delivered, 0.3),
      held: sideways(attempts, held, 0.5),
      unreadable: sideways(attempts, quarantine, 0.7),
      failed: `M${at(down, bottom(attempts))} L${at(down, rail.y)}`,
      due: `M${at(up, rail.y)} L${at(up, bottom(attempts))}`,
    },
  };
}

function narrow(width: number, tiers: number): EnginePicture {
  /** Beside the outcomes, for the way to the tiers and back. */
  const lane = 22;
  const gap = 30;
  const events = { x: lane, y: 0, width: width - 2 * lane, height: 96 };
  const attempts = { x: lane, y: bottom(events) + gap, width: width - 2 * lane, height: 96 };
  const third = (width - 2 * lane - 12) / 3;
  const row = bottom(attempts) + gap;
  const [delivered, held, quarantine] = [0, 1, 2].map((column) => ({
    x: lane + column * (third + 6),
    y: row,
    width: third,
    height: 84,
  })) as [Box, Box, Box];
  const line = 38;
  const rail = { x: 0, y: bottom(delivered) + gap, width, height: 38 + tiers * line + 8 };
  const from = midY(attempts);
  const turn = 12;
  return {
    shape: 'narrow',
    width,
    height: rail.y + rail.height,
    events,
    attempts,
    delivered,
    held,
    quarantine,
    rail,
    tiers: Array.from({ length: tiers }, (_, index) => ({
      x: rail.x + 8,
      y: rail.y + 38 + index * line,
      width: rail.width - 16,
      height: line - 4,
    })),
    wires: {
      accepted: `M${at(width / 2, bottom(events))} L${at(width / 2, attempts.y)}`,
      delivered: `M${at(midX(delivered), bottom(attempts))} L${at(midX(delivered), row)}`,
      held: `M${at(midX(held), bottom(attempts))} L${at(midX(held), row)}`,
      unreadable: `M${at(midX(quarantine), bottom(attempts))} L${at(midX(quarantine), row)}`,
      failed:
        `M${at(width - lane, from)} h${String(lane - turn - 4)} q${String(turn)} 0 ${String(turn)} ${String(turn)} ` +
        `L${at(width - 4, rail.y)}`,
      due:
        `M${at(4, rail.y)} L${at(4, from + turn)} q0 ${String(-turn)} ${String(turn)} ${String(-turn)} ` +
        `L${at(lane, from)}`,
    },
  };
}

/** Drawers side by side under the rail's title. */
function columns(rail: Box, count: number): readonly Box[] {
  const inset = 12;
  const title = 38;
  const gap = 8;
  const each = (rail.width - 2 * inset - gap * (count - 1)) / Math.max(1, count);
  return Array.from({ length: count }, (_, index) => ({
    x: rail.x + inset + index * (each + gap),
    y: rail.y + title,
    width: each,
    height: rail.height - title - inset,
  }));
}

/** Out of a share of one box's right side, into the middle of another's left one. */
function sideways(from: Box, to: Box, share: number): string {
  const start = { x: from.x + from.width, y: from.y + from.height * share };
  const end = { x: to.x, y: midY(to) };
  const half = (start.x + end.x) / 2;
  return `M${at(start.x, start.y)} C${at(half, start.y)} ${at(half, end.y)} ${at(end.x, end.y)}`;
}

const at = (x: number, y: number) => `${String(Math.round(x * 10) / 10)} ${String(Math.round(y * 10) / 10)}`;
const midX = ({ x, width }: Box) => x + width / 2;
const midY = ({ y, height }: Box) => y + height / 2;
const bottom = ({ y, height }: Box) => y + height;

/** How wide the stream of so many a second is drawn, in px: each tenfold is worth the same. */
export function streamWidth(perSecond: number): number {
  if (perSecond <= 0) return 1.5;
  return Math.min(9, Math.max(2, 3 + Math.log10(perSecond) * 1.5));
}

/** How full a tier is drawn, 0 to 1, beside the fullest one: a single delivery is seen beside thousands. */
export function fillOf(deliveries: number, fullest: number): number {
  if (deliveries <= 0 || fullest <= 0) return 0;
  return 0.12 + 0.88 * Math.sqrt(deliveries / Math.max(deliveries, fullest));
}
