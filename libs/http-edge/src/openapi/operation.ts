import type { Scope } from '#domain';
import type { ProblemCode } from '../problem-code.ts';
import type { AnswerHeader } from './answer-headers.ts';
import type { JsonSchema } from './json-schema.ts';

export type Method = 'get' | 'post' | 'put' | 'patch' | 'delete';

/** Who may call: a key with the scope, any key at all, or everybody. */
export type Access = Scope | 'any-key' | 'everybody';

/** One success of a call. */
export interface Answer {
  readonly description: string;
  /** Absent: no body. */
  readonly schema?: JsonSchema;
  /** Of the body; `application/json`. */
  readonly mediaType?: string;
  readonly headers?: readonly AnswerHeader[];
  readonly example?: unknown;
}

export interface RequestBody {
  readonly schema: JsonSchema;
  /** False: the call may be sent without. */
  readonly required: boolean;
  /** A body that is taken as it stands, by a tenant of `hyprwatch`. */
  readonly example?: unknown;
  readonly description?: string;
}

/** One call of the REST API, as the document tells it. */
export interface Operation {
  /** Unique; generated clients name their functions by it. */
  readonly id: string;
  readonly tag: string;
  readonly method: Method;
  /** With `{name}` for what stands in the path. */
  readonly path: string;
  readonly summary: string;
  readonly description?: string;
  readonly access: Access;
  /** What stands in the path, by name. */
  readonly pathParameters?: Readonly<Record<string, JsonSchema>>;
  /** An object schema: one property for each parameter. */
  readonly query?: JsonSchema;
  /** Is it counted by the rate limit of keys? True for all calls that need a key. */
  readonly isRateLimited?: boolean;
  /** Request headers of its own, by name. */
  readonly headerParameters?: Readonly<Record<string, JsonSchema>>;
  readonly takesIfMatch?: boolean;
  readonly takesIdempotencyKey?: boolean;
  readonly body?: RequestBody;
  /** By status. */
  readonly answers: Readonly<Record<number, Answer>>;
  /** Problems of this call's own, besides those that follow from its form. */
  readonly problems?: readonly ProblemCode[];
}
