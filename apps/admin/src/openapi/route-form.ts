import { RequestMethod } from '@nestjs/common';
import { METHOD_METADATA, PATH_METADATA } from '@nestjs/common/constants.js';
import { RouteParamtypes } from '@nestjs/common/enums/route-paramtypes.enum.js';
import type { DtoClass, Method } from '#http-edge';
import { isFilledWith, routeArguments, type ControllerClass } from '../rest/route-arguments.ts';
import { readVersions } from '../rest/versions.ts';

/** What the decorators of a handler say. */
export interface RouteForm {
  readonly method: Method;
  /** With `{name}` for what stands in the path. */
  readonly path: string;
  readonly body: DtoClass | undefined;
  readonly query: DtoClass | undefined;
  readonly takesIfMatch: boolean;
}

/** Names of the methods that answer calls. */
export function handlersOf(controller: ControllerClass): readonly string[] {
  const prototype = controller.prototype as Record<string, unknown>;
  return Object.getOwnPropertyNames(prototype).filter((name) => {
    const handler = prototype[name];
    return typeof handler === 'function' && Reflect.hasMetadata(METHOD_METADATA, handler);
  });
}

export function routeForm(controller: ControllerClass, name: string): RouteForm {
  const prototype = controller.prototype as Record<string, object>;
  const handler = prototype[name];
  if (handler === undefined) throw new Error(`${controller.name} has no ${name}`);
  const filled = routeArguments(controller, name);
  const types = (Reflect.getMetadata('design:paramtypes', prototype, name) ?? []) as readonly DtoClass[];
  const typeOf = (kind: RouteParamtypes) => {
    const found = filled.find((argument) => isFilledWith(kind, argument));
    return found === undefined ? undefined : types[found.index];
  };
  const method = Reflect.getMetadata(METHOD_METADATA, handler) as RequestMethod;
  const steps = [controller, handler].flatMap((each) =>
    (Reflect.getMetadata(PATH_METADATA, each) as string).split('/').filter((step) => step !== ''),
  );
  return {
    method: RequestMethod[method].toLowerCase() as Method,
    path: `/${steps.map((step) => (step.startsWith(':') ? `{${step.slice(1)}}` : step)).join('/')}`,
    body: typeOf(RouteParamtypes.BODY),
    query: typeOf(RouteParamtypes.QUERY),
    takesIfMatch: filled.some(({ factory }) => factory === readVersions),
  };
}
