import { CONTROL_POSITION_HEADER } from '#http-edge';
import type { CallHandler, ExecutionContext, NestInterceptor } from '@nestjs/common';
import { map, type Observable } from 'rxjs';
import type { EdgeReply, EdgeRequest } from './edge-request.ts';
import { pageLinks } from './page-links.ts';
import { Reply } from './reply.ts';

/** Turns a {@link Reply} into status, headers and body. Nothing of this API may be kept by a cache: it may hold secrets. */
export class ReplyInterceptor implements NestInterceptor {
  intercept(execution: ExecutionContext, next: CallHandler): Observable<unknown> {
    const response = execution.switchToHttp().getResponse<EdgeReply>();
    const { url } = execution.switchToHttp().getRequest<EdgeRequest>();
    return next.handle().pipe(
      map((value: unknown) => {
        response.header('cache-control', 'no-store');
        const { body, head } = value instanceof Reply ? value : new Reply(value, {});
        const { status, version, position, location, replayed, unbuffered } = head;
        const links = pageLinks(url, body);
        if (links !== undefined) response.header('link', links);
        if (status !== undefined) response.status(status);
        if (version !== undefined) response.header('etag', `"${version}"`);
        if (position !== undefined) response.header(CONTROL_POSITION_HEADER, String(position));
        if (location !== undefined) response.header('location', location);
        if (unbuffered === true) response.header('x-accel-buffering', 'no');
        if (replayed === true) response.header('idempotency-replayed', 'true');
        return body;
      }),
    );
  }
}
