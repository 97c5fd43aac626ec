import { headerComponents, headersOf } from './answer-headers.ts';
import type { JsonSchema } from './json-schema.ts';
import type { Answer, Operation } from './operation.ts';
import { problemsOf, propertiesOf } from './operation-problems.ts';
import { problemAnswers, problemResponses, problemSchemas } from './problem-schemas.ts';
import { parameterComponents } from './request-headers.ts';

/** An OpenAPI 3.1 document; plain data, to be sent as it is. */
export interface OpenApiDocument {
  readonly openapi: '3.1.1';
  readonly info: Readonly<Record<string, unknown>>;
  readonly tags: readonly { readonly name: string; readonly description: string }[];
  readonly paths: Readonly<Record<string, Readonly<Record<string, PathOperation>>>>;
  readonly components: {
    readonly schemas: Readonly<Record<string, JsonSchema>>;
    readonly [kind: string]: unknown;
  };
  readonly [member: string]: unknown;
}

/** One operation as the document has it; `x-problem-codes` says exactly which problems it answers. */
export interface PathOperation {
  readonly operationId: string;
  readonly tags: readonly string[];
  readonly summary: string;
  readonly description?: string;
  readonly security: readonly Readonly<Record<string, readonly string[]>>[];
  readonly parameters: readonly Readonly<Record<string, unknown>>[];
  readonly requestBody?: Readonly<Record<string, unknown>>;
  readonly responses: Readonly<Record<string, unknown>>;
  readonly 'x-problem-codes': readonly string[];
}

export interface DocumentParts {
  readonly operations: readonly Operation[];
  readonly schemas: Readonly<Record<string, JsonSchema>>;
  /** What each tag is about, in the order in which pages show them. */
  readonly tags: Readonly<Record<string, string>>;
}

const JSON_MEDIA_TYPE = 'application/json';

/** The whole API in one document. The same parts always give the same bytes. */
export function openApiDocument({ operations, schemas, tags }: DocumentParts): OpenApiDocument {
  const paths: Record<string, Record<string, PathOperation>> = {};
  for (const operation of operations) {
    const path = (paths[operation.path] ??= {});
    if (path[operation.method] !== undefined) throw new Error(`${operation.path} is described twice`);
    path[operation.method] = pathOperation(operation);
  }
  return {
    openapi: '3.1.1',
    info: {
      title: 'Hyperhook',
      version: '1',
      summary: 'Event-sourced webhook delivery engine',
      description:
        'Publish events, and every endpoint that wants one gets a signed HTTP POST. Every error is a problem (RFC 9457). ' +
        'Times are RFC 3339 in UTC. Unknown fields and parameters are refused.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/', description: 'The process that answers this document' }],
    security: [{ apiKey: [] }],
    tags: Object.entries(tags).map(([name, description]) => ({ name, description })),
    paths,
    components: {
      schemas: { ...schemas, ...problemSchemas },
      responses: problemAnswers,
      headers: headerComponents(),
      parameters: parameterComponents(),
      securitySchemes: {
        apiKey: {
          type: 'http',
          scheme: 'bearer',
          description:
            'An API key. Operations name the scope that it must have; a key with the scope "admin" may do everything.',
        },
      },
    },
  };
}

function pathOperation(operation: Operation): PathOperation {
  const { access, answers, body, description, id, summary, tag } = operation;
  const codes = problemsOf(operation);
  const successes = Object.entries(answers).map(([status, answer]) => [status, response(operation, answer)]);
  return {
    operationId: id,
    tags: [tag],
    summary,
    ...(description === undefined ? {} : { description }),
    security: access === 'everybody' ? [] : [{ apiKey: access === 'any-key' ? [] : [access] }],
    parameters: parametersOf(operation),
    ...(body === undefined ? {} : { requestBody: requestBody(body) }),
    responses: { ...Object.fromEntries(successes), ...problemResponses(codes) },
    'x-problem-codes': codes,
  };
}

function parametersOf(operation: Operation): readonly Readonly<Record<string, unknown>>[] {
  const { access, headerParameters = {}, pathParameters = {}, query } = operation;
  const { takesIdempotencyKey, takesIfMatch } = operation;
  const shared = [
    ...(access === 'everybody' ? [] : ['ControlPosition']),
    ...(takesIfMatch === true ? ['IfMatch'] : []),
    ...(takesIdempotencyKey === true ? ['IdempotencyKey'] : []),
  ];
  const required = (query?.['required'] ?? []) as readonly string[];
  return [
    ...Object.entries(pathParameters).map(([name, schema]) => parameter(name, 'path', true, schema)),
    ...Object.entries(propertiesOf(query ?? {})).map(([name, schema]) =>
      parameter(name, 'query', required.includes(name), schema),
    ),
    ...Object.entries(headerParameters).map(([name, schema]) => parameter(name, 'header', false, schema)),
    ...shared.map((name) => ({ $ref: `#/components/parameters/${name}` })),
  ];
}

function parameter(name: string, place: 'path' | 'query' | 'header', required: boolean, full: JsonSchema) {
  const { description, ...schema } = full;
  return {
    name,
    in: place,
    ...(required ? { required } : {}),
    ...(description === undefined ? {} : { description }),
    schema,
  };
}

function requestBody({ schema, required, example, description }: NonNullable<Operation['body']>) {
  const shown = example === undefined ? {} : { example };
  return {
    ...(description === undefined ? {} : { description }),
    ...(required ? { required } : {}),
    content: { [JSON_MEDIA_TYPE]: { schema, ...shown } },
  };
}

function response(operation: Operation, answer: Answer): Readonly<Record<string, unknown>> {
  const { access, isRateLimited = access !== 'everybody' } = operation;
  const { description, example, headers = [], mediaType = JSON_MEDIA_TYPE, schema } = answer;
  const rates = isRateLimited ? (['rateLimit', 'rateLimitPolicy'] as const) : [];
  const shown = example === undefined ? {} : { example };
  const all = [...headers, ...rates];
  return {
    description,
    ...(all.length === 0 ? {} : { headers: headersOf(all) }),
    ...(schema === undefined ? {} : { content: { [mediaType]: { schema, ...shown } } }),
  };
}
