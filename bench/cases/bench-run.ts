import type { CostByRole } from '../machine/process-cost.ts';
import type { LoadPeer, ReceiverPeer } from '../peers.ts';
import type { Target } from '../targets/target.ts';

export interface Bench {
  readonly target: Target;
  readonly load: LoadPeer;
  readonly receiver: ReceiverPeer;
}

/** One run of one case. */
export interface Measured {
  readonly case: string;
  readonly target: string;
  readonly events: number;
  readonly deliveries: number;
  readonly deliveriesPerSecond: number;
  readonly acceptedPerSecond: number;
  /** Ms from the publisher's sending to the receiver's reading of the whole body, and from its 202. */
  readonly sendToReceive: { readonly p50: number; readonly p99: number };
  readonly acceptToReceive: { readonly p50: number; readonly p99: number };
  /** Of all processes of the engine and its stores, per delivery, until all is quiet again. */
  readonly cpuMicros: number;
  readonly writtenBytes: number;
  readonly byRole: Readonly<Record<string, { cpuMicros: number; writtenBytes: number; residentMiB: number }>>;
}

export function perDelivery(costs: CostByRole, deliveries: number, target: Target): Measured['byRole'] {
  const own = [...costs].filter(([role]) => target.owns(role));
  return Object.fromEntries(
    own.map(([role, { cpuSeconds, writtenBytes, residentBytes }]) => [
      role,
      {
        cpuMicros: Math.round((cpuSeconds * 1e6) / deliveries),
        writtenBytes: Math.round(writtenBytes / deliveries),
        residentMiB: Math.round(residentBytes / 1_048_576),
      },
    ]),
  );
}
