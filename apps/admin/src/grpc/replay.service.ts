import type { Metadata } from '@grpc/grpc-js';
import { callerOf } from '#grpc-edge';
import { Inject } from '@nestjs/common';
import { GrpcMethod } from '@nestjs/microservices';
import { ADMIN } from '../rest/admin-token.ts';
import { checkedDto } from '../rest/checked-dto.ts';
import { replayAsk } from '../rest/replay-ask.ts';
import { SettleHeldRequest, StartReplayRequest, UpdateReplayRequest } from '../rest/replay.requests.ts';
import { outcomesView, replayPlanView, replayView } from '../rest/replay.view.ts';
import type { AdminContext } from '../use-cases/admin-context.ts';
import { changeReplay, type ReplayChange } from '../use-cases/change-replay.ts';
import { getReplay, listReplays } from '../use-cases/read-replays.ts';
import { settleHeld } from '../use-cases/settle-held.ts';
import { planReplay, startReplay, type StartedReplay } from '../use-cases/start-replay.ts';
import { Answer } from './answer.ts';
import { GrpcController } from './grpc-controller.ts';
import { pageAsk, type PageMessage } from './page-message.ts';
import { requiredId } from './required-id.ts';

const SERVICE = 'ReplayService';

interface OfOne {
  readonly id?: string;
}

/** Jobs that send many deliveries again. */
@GrpcController()
export class ReplayService {
  readonly #admin: AdminContext;

  constructor(@Inject(ADMIN) admin: AdminContext) {
    this.#admin = admin;
  }

  @GrpcMethod(SERVICE, 'PlanReplay')
  async plan(request: object, metadata: Metadata) {
    const ask = replayAsk(await checkedDto(StartReplayRequest, request));
    return replayPlanView(await planReplay(this.#admin, callerOf(metadata), ask));
  }

  @GrpcMethod(SERVICE, 'StartReplay')
  async start(request: object, metadata: Metadata) {
    const ask = replayAsk(await checkedDto(StartReplayRequest, request));
    return written(await startReplay(this.#admin, callerOf(metadata), ask));
  }

  @GrpcMethod(SERVICE, 'GetReplay')
  async get({ id }: OfOne, metadata: Metadata) {
    const { job, outcomes } = await getReplay(this.#admin, callerOf(metadata), requiredId(id));
    return { replay: replayView(job), outcomes: outcomesView(outcomes) };
  }

  @GrpcMethod(SERVICE, 'ListReplays')
  async list(request: PageMessage, metadata: Metadata) {
    const page = listReplays(this.#admin, callerOf(metadata), await pageAsk(request));
    return { replays: page.items.map(replayView), next: page.next };
  }

  @GrpcMethod(SERVICE, 'UpdateReplay')
  async update({ id, ...fields }: OfOne, metadata: Metadata) {
    const { rate } = await checkedDto(UpdateReplayRequest, fields);
    return this.#change(id, metadata, { type: 'set-rate', ratePerSecond: rate });
  }

  @GrpcMethod(SERVICE, 'PauseReplay')
  pause({ id }: OfOne, metadata: Metadata) {
    return this.#change(id, metadata, { type: 'pause' });
  }

  @GrpcMethod(SERVICE, 'ResumeReplay')
  resume({ id }: OfOne, metadata: Metadata) {
    return this.#change(id, metadata, { type: 'resume' });
  }

  @GrpcMethod(SERVICE, 'CancelReplay')
  cancel({ id }: OfOne, metadata: Metadata) {
    return this.#change(id, metadata, { type: 'cancel' });
  }

  @GrpcMethod(SERVICE, 'ReleaseHeld')
  release(request: OfOne, metadata: Metadata) {
    return this.#settle(request, metadata, 'release');
  }

  @GrpcMethod(SERVICE, 'DiscardHeld')
  discard(request: OfOne, metadata: Metadata) {
    return this.#settle(request, metadata, 'discard');
  }

  async #change(id: string | undefined, metadata: Metadata, change: ReplayChange): Promise<Answer> {
    return written(await changeReplay(this.#admin, callerOf(metadata), requiredId(id), change));
  }

  async #settle(
    { id, ...fields }: OfOne,
    metadata: Metadata,
    action: 'release' | 'discard',
  ): Promise<Answer> {
    const { rate } = await checkedDto(SettleHeldRequest, fields);
    const ask = { action, ratePerSecond: rate };
    return written(await settleHeld(this.#admin, callerOf(metadata), requiredId(id), ask));
  }
}

function written({ job, position }: StartedReplay): Answer {
  return new Answer({ replay: replayView(job) }, position);
}
