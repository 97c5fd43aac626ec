import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { resolved, type Document, type IndexedOperation, type Schema } from './document-index.ts';

/** An answer as it came. */
export interface SeenAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

interface Response {
  readonly headers?: Readonly<Record<string, unknown>>;
  readonly content?: Readonly<Record<string, { readonly schema: Schema }>>;
}

/** Of HTTP itself; they say nothing about the API. */
const ofHttp = new Set([
  'connection',
  'content-length',
  'content-type',
  'date',
  'keep-alive',
  'transfer-encoding',
  'cache-control',
  'accept-encoding',
]);
/** Of the two calls that answer pages. */
const ofPages = new Set(['content-security-policy', 'referrer-policy', 'x-content-type-options']);

/**
 * Says whether an answer is in the document: its status, its media type, its headers, its body. Bodies are judged more
 * strictly than a client may: a member that the document does not name is an answer outside of it.
 */
export class DocumentJudge {
  readonly #document: Document;
  readonly #ajv = new Ajv2020({ strict: false, allErrors: true });
  readonly #validators = new Map<string, ValidateFunction>();

  constructor(document: Document) {
    this.#document = document;
    (addFormats as unknown as (ajv: Ajv2020) => void)(this.#ajv);
    this.#ajv.addSchema(closed(document) as Schema, 'document');
  }

  /** Empty: it is in the document. */
  complaints(operation: IndexedOperation, { status, headers, text }: SeenAnswer): readonly string[] {
    const raw = this.#document.paths[operation.path]?.[operation.method.toLowerCase()]?.responses[status];
    if (raw === undefined) return [`status ${status} is not in the document: ${text.slice(0, 300)}`];
    const ref = (raw as { readonly $ref?: string }).$ref;
    const response = (ref === undefined ? raw : resolved(this.#document, ref)) as Response;
    const at =
      ref === undefined
        ? `#/paths/${step(operation.path)}/${operation.method.toLowerCase()}/responses/${status}`
        : ref;
    return [
      ...unknownHeaders(response, headers),
      ...this.#bodyComplaints(at, response, headers.get('content-type'), text),
      ...codeComplaints(operation, status, text),
    ];
  }

  /** Of a value against a schema of the document, as a client would judge it. */
  fits(schema: Schema, value: unknown): boolean {
    const validate = this.#validator(JSON.stringify(schema), () => ({
      ...(JSON.parse(JSON.stringify(schema).replaceAll('"#/', '"document#/')) as Schema),
    }));
    return validate(value);
  }

  #bodyComplaints(
    at: string,
    { content = {} }: Response,
    type: string | null,
    text: string,
  ): readonly string[] {
    const media = type?.split(';', 1)[0]?.trim() ?? '';
    const [documented] = Object.keys(content);
    if (documented === undefined)
      return text === '' ? [] : [`a body where there is none: ${text.slice(0, 300)}`];
    if (media !== documented) return [`media type "${media}" instead of "${documented}"`];
    // JSON lines are no JSON.
    if (!/[/+]json$/.test(media)) return [];
    const place = `document${at}/content/${step(documented)}/schema`;
    const validate = this.#validator(place, () => ({ $ref: place }));
    if (validate(JSON.parse(text))) return [];
    return [`${this.#ajv.errorsText(validate.errors?.slice(0, 5))}: ${text.slice(0, 600)}`];
  }

  #validator(name: string, schema: () => Schema): ValidateFunction {
    const known = this.#validators.get(name);
    if (known !== undefined) return known;
    const made = this.#ajv.compile(schema());
    this.#validators.set(name, made);
    return made;
  }
}

function unknownHeaders(response: Response, headers: Headers): readonly string[] {
  const known = new Set(Object.keys(response.headers ?? {}).map((name) => name.toLowerCase()));
  return [...headers.keys()]
    .filter((name) => !known.has(name) && !ofHttp.has(name) && !ofPages.has(name))
    .map((name) => `the header "${name}" is not in the document`);
}

/** A problem's code must be one that this very operation names. */
function codeComplaints(operation: IndexedOperation, status: number, text: string): readonly string[] {
  if (status < 400 || operation.scope === undefined) return [];
  const { code } = JSON.parse(text) as { readonly code: string };
  return operation.problemCodes.includes(code) ? [] : [`the problem "${code}" is not among the operation's`];
}

const step = (name: string): string => name.replaceAll('~', '~0').replaceAll('/', '~1');

/** Objects that list their members take no others; those within `allOf` are one object with their neighbours. */
function closed(value: unknown, isPart = false): unknown {
  if (Array.isArray(value)) return value.map((each) => closed(each, isPart));
  if (value === null || typeof value !== 'object') return value;
  const entries = Object.entries(value).map(
    ([name, each]) => [name, closed(each, name === 'allOf')] as const,
  );
  const copy = Object.fromEntries(entries);
  const isOpen =
    copy['type'] === 'object' || (Array.isArray(copy['type']) && copy['type'].includes('object'));
  return isOpen && copy['properties'] !== undefined && copy['additionalProperties'] === undefined && !isPart
    ? { ...copy, additionalProperties: false }
    : copy;
}
