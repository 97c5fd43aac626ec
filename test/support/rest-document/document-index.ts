import { readFileSync } from 'node:fs';

export type Schema = Readonly<Record<string, unknown>>;

interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header';
  readonly required?: boolean;
  readonly schema: Schema;
}

interface Body {
  readonly required?: boolean;
  readonly content: Readonly<Record<string, { readonly schema: Schema; readonly example?: unknown }>>;
}

interface RawOperation {
  readonly operationId: string;
  readonly security: readonly { readonly apiKey?: readonly string[] }[];
  readonly parameters: readonly (Parameter | { readonly $ref: string })[];
  readonly requestBody?: Body;
  readonly responses: Readonly<Record<string, unknown>>;
  readonly 'x-problem-codes': readonly string[];
}

/** One operation, its references followed. */
export interface IndexedOperation {
  readonly id: string;
  readonly method: string;
  /** With `{name}` for what stands in the path. */
  readonly path: string;
  /** undefined: needs no key; null: any key. */
  readonly scope: string | null | undefined;
  readonly parameters: readonly Parameter[];
  readonly bodySchema: Schema | undefined;
  readonly bodyIsRequired: boolean;
  readonly example: unknown;
  readonly statuses: readonly number[];
  readonly problemCodes: readonly string[];
}

export type Document = Schema & {
  readonly paths: Readonly<Record<string, Readonly<Record<string, RawOperation>>>>;
};

/** The document of the repository; that it is the code's, `npm run docs:check` sees to. */
export function readDocument(): Document {
  return JSON.parse(readFileSync('docs/openapi.json', 'utf8')) as Document;
}

export function operationsOf(document: Document): readonly IndexedOperation[] {
  return Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => indexed(document, path, method, operation)),
  );
}

function indexed(document: Document, path: string, method: string, raw: RawOperation): IndexedOperation {
  const [security] = raw.security;
  const content = raw.requestBody?.content['application/json'];
  return {
    id: raw.operationId,
    method: method.toUpperCase(),
    path,
    scope: security?.apiKey === undefined ? undefined : (security.apiKey[0] ?? null),
    parameters: raw.parameters.map((each) =>
      '$ref' in each ? (resolved(document, each.$ref) as unknown as Parameter) : each,
    ),
    bodySchema: content?.schema,
    bodyIsRequired: raw.requestBody?.required === true,
    example: content?.example,
    statuses: Object.keys(raw.responses).map(Number),
    problemCodes: raw['x-problem-codes'],
  };
}

/** What `#/components/…` leads to. */
export function resolved(document: Document, ref: string): Schema {
  const steps = ref.replace(/^#\//, '').split('/');
  const found = steps.reduce<unknown>((at, step) => (at as Schema)[step], document);
  return found as Schema;
}
