import type { Contract } from '#contracts';
import type { ControlWriter, FollowedControl, KeyUses, PortalTokens, SecretBox } from '#control';
import type { Log, ProcessReport } from '#log';
import type { Logger } from '#platform';
import type { AnsweredRequests } from '#read-model';
import type { EgressGuard } from '#webhook-http';
import type { LiveHub } from '../live/live-hub.ts';
import type { EndpointRoom } from './endpoint-room.ts';
import type { History } from './history.ts';
import type { KeyRates } from './key-rates.ts';
import type { MinutePace } from './minute-pace.ts';
import type { OldAnswers } from './old-answers.ts';
import type { OutcomeWatch } from './outcome-watch.ts';

/** What the use cases need of the world. Each takes the part it uses; REST and gRPC hand over the same one. */
export interface AdminContext {
  readonly log: Pick<Log, 'append' | 'read' | 'readOne' | 'startOffsets' | 'endOffsets'>;
  readonly control: FollowedControl;
  readonly writer: ControlWriter;
  /** By id. */
  readonly contracts: ReadonlyMap<string, Contract>;
  readonly secretBox: SecretBox;
  readonly portal: PortalTokens;
  readonly keyUses: Pick<KeyUses, 'note'>;
  readonly guard: Pick<EgressGuard, 'checkUrl'>;
  /** The installation takes http where the contract does not forbid it. */
  readonly allowHttp: boolean;
  readonly history: History;
  /** Those that are there now; standalone tells its parts. Rejects where the log does not answer. */
  readonly processes: () => Promise<readonly ProcessReport[]>;
  readonly outcomes: OutcomeWatch;
  readonly live: Pick<LiveHub, 'open' | 'size'>;
  /** By webhook. */
  readonly testPace: MinutePace;
  /** By key. */
  readonly revealPace: MinutePace;
  readonly keyRates: KeyRates;
  /** What was answered under Idempotency-Keys. */
  readonly answered: AnsweredRequests;
  readonly oldAnswers: OldAnswers;
  /** Deliveries that a replay asks for in a second, unless it is given a rate of its own. */
  readonly replayRate: number;
  readonly endpointRoom: EndpointRoom;
  /** P, as the installation was created (R1). */
  readonly partitions: number;
  /** Epoch ms. */
  readonly now: () => number;
  /** From a secure source. */
  readonly random: (bytes: number) => Uint8Array;
  readonly logger: Logger;
}
