import type { Metadata } from '@grpc/grpc-js';
import { callerOf } from '#grpc-edge';
import { Inject } from '@nestjs/common';
import { GrpcMethod } from '@nestjs/microservices';
import { ADMIN } from '../rest/admin-token.ts';
import { checkedDto } from '../rest/checked-dto.ts';
import { limitOf, QuarantineQuery } from '../rest/list.queries.ts';
import { processesView } from '../rest/processes.view.ts';
import { RedriveRequest } from '../rest/redrive.request.ts';
import { redrivenView } from '../rest/redriven.view.ts';
import { minuteView, quarantineView, statsView } from '../rest/stats.view.ts';
import type { AdminContext } from '../use-cases/admin-context.ts';
import { getOverview, listMinutes, listQuarantine } from '../use-cases/read-operations.ts';
import { readProcesses } from '../use-cases/read-processes.ts';
import { redriveRecord } from '../use-cases/redrive-record.ts';
import { Answer } from './answer.ts';
import { GrpcController } from './grpc-controller.ts';
import { queryOf, type PageMessage } from './page-message.ts';

const SERVICE = 'OperationsService';

/** What an operator looks at; of the whole installation. */
@GrpcController()
export class OperationsService {
  readonly #admin: AdminContext;

  constructor(@Inject(ADMIN) admin: AdminContext) {
    this.#admin = admin;
  }

  @GrpcMethod(SERVICE, 'GetStats')
  async stats(_request: object, metadata: Metadata) {
    return statsView(await getOverview(this.#admin, callerOf(metadata)));
  }

  @GrpcMethod(SERVICE, 'ListStatMinutes')
  async minutes(_request: object, metadata: Metadata) {
    return { minutes: (await listMinutes(this.#admin, callerOf(metadata))).map(minuteView) };
  }

  @GrpcMethod(SERVICE, 'ListProcesses')
  async processes(_request: object, metadata: Metadata) {
    const { data, lag } = processesView(await readProcesses(this.#admin, callerOf(metadata)));
    return { processes: data, lag };
  }

  @GrpcMethod(SERVICE, 'ListQuarantine')
  async quarantine(request: PageMessage, metadata: Metadata) {
    const query = await checkedDto(QuarantineQuery, queryOf(request));
    const ask = { after: query.after, before: query.before, limit: limitOf(query) };
    const { items, next, previous } = await listQuarantine(this.#admin, callerOf(metadata), ask);
    return { records: items.map(quarantineView), next, previous };
  }

  @GrpcMethod(SERVICE, 'RedriveQuarantined')
  async redrive(request: object, metadata: Metadata) {
    const { topic, partition, offset } = await checkedDto(RedriveRequest, request);
    const place = { topic, partition, offset };
    const redriven = await redriveRecord(this.#admin, callerOf(metadata), place);
    return new Answer(redrivenView(place, redriven), redriven.position);
  }
}
