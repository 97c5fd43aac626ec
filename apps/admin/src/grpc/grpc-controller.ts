import { applyDecorators, Controller, UseFilters, UseInterceptors } from '@nestjs/common';
import { AnswerInterceptor } from './answer.interceptor.ts';
import { FailureFilter } from './failure.filter.ts';
import { OnceInterceptor } from './once.interceptor.ts';

/** A service of this protocol: answers and problems in their one form. Who asks, the gate has found out before. */
export const GrpcController = (): ClassDecorator =>
  applyDecorators(
    Controller(),
    UseFilters(FailureFilter),
    UseInterceptors(AnswerInterceptor, OnceInterceptor),
  );
