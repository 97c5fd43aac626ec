import {
  applyDecorators,
  Controller,
  UseFilters,
  UseGuards,
  UseInterceptors,
  UsePipes,
} from '@nestjs/common';
import { AuthGuard } from './auth.guard.ts';
import { DtoPipe } from './dto.pipe.ts';
import { OnceInterceptor } from './once.interceptor.ts';
import { ProblemFilter } from './problem.filter.ts';
import { ReplyInterceptor } from './reply.interceptor.ts';

/**
 * A controller of this API: key required, fields checked, answers and problems in their one form. Bound to controllers
 * and not to the app, because `standalone` mounts ours beside those of ingestion.
 */
export const AdminController = (path: string): ClassDecorator =>
  applyDecorators(
    Controller(`api/v1/${path}`),
    UseFilters(ProblemFilter),
    UseGuards(AuthGuard),
    UsePipes(DtoPipe),
    // The last is the innermost: what was answered before is turned into a response like anything else.
    UseInterceptors(ReplyInterceptor, OnceInterceptor),
  );
