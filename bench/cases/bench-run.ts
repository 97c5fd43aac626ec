import type { CostByRole } from '../machine/process-cost.ts';
import type { Spread } from '../machine/statistics.ts';
import type { LoadPeer, ReceiverPeer } from '../peers.ts';
import type { Target } from '../targets/target.ts';

export interface Bench {
  readonly target: Target;
  readonly load: LoadPeer;
  readonly receiver: ReceiverPeer;
  readonly asksDevice: boolean;
}

/** Of one role, per delivery; memory as it stands at the end. */
export interface RoleCost {
  readonly cpuMicros: number;
  readonly writtenBytes: number;
  readonly residentMiB: number;
}

/** One run of one case. */
export interface Measured {
  readonly events: number;
  readonly deliveries: number;
  readonly deliveriesPerSecond: number;
  readonly acceptedPerSecond: number;
  /** Ms from the publisher's sending to the receiver's reading of the whole body, and from its 202. */
  readonly sendToReceive: Spread;
  readonly acceptToReceive: Spread;
  /** Of all processes of the engine and its stores, per delivery, until all is quiet again. */
  readonly cpuMicros: number;
  readonly writtenBytes: number;
  /** What the disk was given to write by the whole machine, per delivery; null: it was not asked. */
  readonly deviceBytes: number | null;
  readonly byRole: Readonly<Record<string, RoleCost>>;
  /** Of a core each, while events were published and delivered: they must not be what limits. */
  readonly peers: { readonly load: number; readonly receiver: number };
  /** Ms that second attempts came after their time; none: nothing was refused. */
  readonly retryLateness: Spread | null;
}

export function perDelivery(costs: CostByRole, deliveries: number, target: Target): Measured['byRole'] {
  const own = [...costs].filter(([role]) => target.owns(role));
  return Object.fromEntries(
    own.map(([role, { cpuSeconds, writtenBytes, residentBytes }]) => [
      role,
      {
        cpuMicros: Math.round((cpuSeconds * 1e6) / deliveries),
        writtenBytes: Math.round(writtenBytes / deliveries),
        residentMiB: Math.round(residentBytes / 2 ** 20),
      },
    ]),
  );
}
