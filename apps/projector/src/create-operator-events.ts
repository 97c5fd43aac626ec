import { deriveEventId, jsonOf, renderEvent, type Contract } from '#contracts';
import type { FollowedControl } from '#control';
import type { TenantState } from '#domain';
import { encodeEvent, partitionOf, type Group, type Log, type LogRecord, type NewRecord } from '#log';
import { OperatorLane } from './policies/operator-lane.ts';
import type { OperatorNotice } from './policies/operator-notice.ts';
import type { ProjectorLogger } from './projector-ports.ts';

const GROUP = 'operator-events';
const CONTRACT = 'standard-webhooks';
/** What is older is no news: a group that is new, or was away for long, does not tell a history. */
const NEWS_MS = 24 * 3_600_000;
const MAX_WAITING = 4_000;
/** How long a lane waits for the control table before it tries again. */
const CONTROL_MS = 10_000;
const noRandom = new Uint8Array(0);

export interface OperatorEventsOptions {
  readonly log: Pick<Log, 'append' | 'join' | 'now'>;
  readonly control: FollowedControl;
  readonly contracts: ReadonlyMap<string, Contract>;
  /** Whose endpoints are told; its contract must be `standard-webhooks`. */
  readonly tenantId: string;
  readonly partitions: number;
  readonly logger: ProjectorLogger;
  readonly onCrash: (error: Error) => void;
}

export interface OperatorEvents {
  start(): Promise<void>;
  stop(): Promise<void>;
}

/**
 * Webhooks about webhooks: what an operator must know becomes an event of the operator's own tenant, and is delivered,
 * retried and listed like any other. Needs the log alone. What befalls the operator's tenant itself makes no event, so
 * that an endpoint which is down is not told, again and again, that it is down.
 */
export function createOperatorEvents(options: OperatorEventsOptions): OperatorEvents {
  const { log, control, contracts, tenantId, partitions, logger, onCrash } = options;
  const lanes = new Map<string, OperatorLane>();
  const paused = new Set<string>();
  let group: Group | undefined;
  let complained = false;

  /** Undefined: nobody can be told now. */
  const operator = (): { readonly tenant: TenantState; readonly contract: Contract } | undefined => {
    const tenant = control.table.tenant(tenantId);
    const contract = contracts.get(CONTRACT);
    if (tenant?.contract === CONTRACT && contract !== undefined) return { tenant, contract };
    if (!complained) {
      const reason = tenant === undefined ? 'there is no such tenant' : `its contract is not ${CONTRACT}`;
      logger.warn({ tenantId, reason }, 'operators are not told: see HYPERHOOK_OPERATOR_TENANT');
    }
    complained = true;
    return undefined;
  };

  const isNews = async (notice: OperatorNotice, { offset, appendedAt }: LogRecord): Promise<boolean> => {
    if (notice.tenantId === tenantId || appendedAt < log.now() - NEWS_MS) return false;
    if (notice.factId === null) return true;
    // A fact that came too late changed nothing, and is not told.
    await control.passed(offset + 1, CONTROL_MS);
    return control.fateOf(notice.factId);
  };

  const publish = async (notices: readonly OperatorNotice[]): Promise<void> => {
    const to = operator();
    if (to === undefined) return;
    await log.append(notices.map((notice) => eventOf(notice, to)));
  };

  const eventOf = (
    { seed, type, at, data }: OperatorNotice,
    { tenant, contract }: { readonly tenant: TenantState; readonly contract: Contract },
  ): NewRecord => {
    const now = log.now();
    const id = deriveEventId(contract, `operator ${seed}`);
    const event = { id, type, occurredAt: Math.floor(at), data: jsonOf(data) };
    const rendered = renderEvent(contract, tenant, event, { now, random: noRandom });
    const encoded = encodeEvent({
      ...rendered,
      tenantId: tenant.id,
      contract: contract.id,
      acceptedAt: now,
      controlPosition: control.position,
    });
    return { topic: 'events', partition: partitionOf(tenant.id, partitions), ...encoded };
  };

  const settle = () => {
    for (const [key, lane] of lanes) {
      const pause = lane.records > (paused.has(key) ? MAX_WAITING / 2 : MAX_WAITING);
      if (pause === paused.has(key)) continue;
      const { topic, partition } = placeOf(key);
      if (pause) {
        paused.add(key);
        group?.pause(topic, partition);
      } else {
        paused.delete(key);
        group?.resume(topic, partition);
      }
    }
  };

  const lose = async (partition: number): Promise<void> => {
    for (const topic of ['control', 'outcomes'] as const) {
      const key = keyOf(topic, partition);
      const lane = lanes.get(key);
      lanes.delete(key);
      paused.delete(key);
      await lane?.end();
    }
  };

  const claim = async (partition: number): Promise<void> => {
    await lose(partition);
    for (const topic of partition === 0 ? (['control', 'outcomes'] as const) : (['outcomes'] as const)) {
      const commit = async (offset: number) => group?.commit(topic, partition, offset);
      const lane = new OperatorLane({ publish, isNews, commit, logger, onChange: settle, onCrash });
      lanes.set(keyOf(topic, partition), lane);
    }
  };

  return {
    start: async () => {
      group = await log.join(
        { name: GROUP, topics: ['control', 'outcomes'], eager: [] },
        {
          onClaim: claim,
          onSlice: ({ topic, partition, records }) => lanes.get(keyOf(topic, partition))?.accept(records),
          onLose: lose,
          onCrash,
        },
      );
    },
    stop: async () => group?.leave(),
  };
}

type Topic = 'control' | 'outcomes';

const keyOf = (topic: string, partition: number) => `${topic} ${partition}`;

function placeOf(key: string): { readonly topic: Topic; readonly partition: number } {
  const [topic = '', partition] = key.split(' ');
  return { topic: topic as Topic, partition: Number(partition) };
}
