import {
  dtoSchema,
  schema as json,
  type Access,
  type Answer,
  type JsonSchema,
  type Operation,
  type ProblemCode,
  type RequestBody,
} from '#http-edge';
import type { ControllerClass } from '../rest/route-arguments.ts';
import { handlersOf, routeForm } from './route-form.ts';

/** What no decorator of a handler says. */
export interface RouteDescription {
  /** Unique; generated clients name their functions by it. */
  readonly id: string;
  readonly summary: string;
  readonly description?: string;
  readonly access: Access;
  /** By status. */
  readonly answers: Readonly<Record<number, Answer>>;
  /** A body that is taken as it stands. */
  readonly example?: unknown;
  /** Problems of its own, besides those that follow from the form of the call. */
  readonly problems?: readonly ProblemCode[];
}

/** One for each handler: a controller with one that is not described does not pass the type check. */
export type Descriptions<Controller> = {
  readonly [
    Name in keyof Controller as Controller[Name] extends (...given: never[]) => unknown ? Name : never
  ]: RouteDescription;
};

/** A controller with what its calls are about. */
export interface DescribedController {
  readonly controller: ControllerClass;
  readonly operations: readonly Operation[];
}

/** Joins what decorators say of a controller's handlers with what only words can. */
export function describeRoutes<Controller extends object>(
  controller: abstract new (...given: never[]) => Controller,
  tag: string,
  descriptions: Descriptions<Controller>,
): DescribedController {
  const byName = descriptions as Readonly<Record<string, RouteDescription>>;
  const operations = handlersOf(controller).map((name) => {
    const description = byName[name];
    if (description === undefined) throw new Error(`${controller.name}.${name} is not described`);
    return operationOf(controller, name, tag, description);
  });
  return { controller, operations };
}

const tenantQuery: JsonSchema = {
  type: 'object',
  properties: {
    tenant: json.text('For root keys: the tenant that the call acts for.', { minLength: 1, maxLength: 100 }),
  },
};

function operationOf(
  controller: ControllerClass,
  name: string,
  tag: string,
  { answers, example, problems = [], ...told }: RouteDescription,
): Operation {
  const { body, method, path, query, takesIfMatch } = routeForm(controller, name);
  const isWrite = method !== 'get';
  return {
    ...told,
    tag,
    method,
    path,
    pathParameters: pathParametersOf(path),
    query: query === undefined ? tenantQuery : dtoSchema(query),
    ...(body === undefined ? {} : { body: requestBody(dtoSchema(body), example) }),
    takesIfMatch,
    takesIdempotencyKey: method === 'post',
    answers,
    problems: [...(isWrite ? (['conflict', 'invalid'] as const) : []), ...problems],
  };
}

/** Where nothing in it is required, the body may be left out. */
function requestBody(schema: JsonSchema, example: unknown): RequestBody {
  return {
    schema,
    required: schema['required'] !== undefined,
    ...(example === undefined ? {} : { example }),
  };
}

function pathParametersOf(path: string): Readonly<Record<string, JsonSchema>> {
  const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);
  return Object.fromEntries(names.map((name) => [name, json.text('As the API gave it.', { minLength: 1 })]));
}
