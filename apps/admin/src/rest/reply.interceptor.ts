import { CONTROL_POSITION_HEADER } from '#http-edge';
import type { CallHandler, ExecutionContext, NestInterceptor } from '@nestjs/common';
import { map, type Observable } from 'rxjs';
import type { EdgeReply } from './edge-request.ts';
import { Reply } from './reply.ts';

/** Turns a {@link Reply} into status, headers and body. Nothing of this API may be kept by a cache: it may hold secrets. */
export class ReplyInterceptor implements NestInterceptor {
  intercept(execution: ExecutionContext, next: CallHandler): Observable<unknown> {
    const response = execution.switchToHttp().getResponse<EdgeReply>();
    return next.handle().pipe(
      map((value: unknown) => {
        response.header('cache-control', 'no-store');
        if (!(value instanceof Reply)) return value;
        const { status, version, position, location } = value.head;
        if (status !== undefined) response.status(status);
        if (version !== undefined) response.header('etag', `"${version}"`);
        if (position !== undefined) response.header(CONTROL_POSITION_HEADER, String(position));
        if (location !== undefined) response.header('location', location);
        return value.body;
      }),
    );
  }
}
