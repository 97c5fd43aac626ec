import { ROUTE_ARGS_METADATA } from '@nestjs/common/constants.js';
import { RouteParamtypes } from '@nestjs/common/enums/route-paramtypes.enum.js';

/** A class of Nest's that answers calls. */
export type ControllerClass = abstract new (...given: never[]) => object;

/** One argument of a handler that Nest fills. */
export interface RouteArgument {
  /** `3:0` and the like: what it is filled with, and its place. */
  readonly key: string;
  readonly index: number;
  /** Of a decorator of ours. */
  readonly factory?: unknown;
}

/** What the handler's decorators asked for, read from where Nest itself reads it. */
export function routeArguments(controller: ControllerClass, handler: string): readonly RouteArgument[] {
  const found = Reflect.getMetadata(ROUTE_ARGS_METADATA, controller, handler) as
    Readonly<Record<string, Omit<RouteArgument, 'key'>>> | undefined;
  return Object.entries(found ?? {}).map(([key, argument]) => ({ ...argument, key }));
}

/** Is the argument filled with this part of the request? */
export function isFilledWith(kind: RouteParamtypes, { key }: RouteArgument): boolean {
  return key.startsWith(`${kind}:`);
}

/** Does the handler name a class for its query? One that names none takes `tenant` alone. */
export function takesQuery(controller: ControllerClass, handler: string): boolean {
  return routeArguments(controller, handler).some((each) => isFilledWith(RouteParamtypes.QUERY, each));
}
