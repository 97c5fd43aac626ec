import { Metadata, type ServerUnaryCall } from '@grpc/grpc-js';
import { positionMetadata } from '#grpc-edge';
import type { CallHandler, ExecutionContext, NestInterceptor } from '@nestjs/common';
import { map, type Observable } from 'rxjs';
import { Answer } from './answer.ts';

/** Turns an {@link Answer} into metadata and message. */
export class AnswerInterceptor implements NestInterceptor {
  intercept(execution: ExecutionContext, next: CallHandler): Observable<unknown> {
    const call = execution.getArgByIndex<Pick<ServerUnaryCall<unknown, unknown>, 'sendMetadata'>>(2);
    return next.handle().pipe(
      map((value: unknown) => {
        if (!(value instanceof Answer)) return value;
        const metadata = value.position === undefined ? new Metadata() : positionMetadata(value.position);
        if (value.replayed) metadata.set('idempotency-replayed', 'true');
        call.sendMetadata(metadata);
        return value.message;
      }),
    );
  }
}
