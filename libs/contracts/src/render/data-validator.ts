import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import type { ContractEventType } from '../contract.ts';
import { pointerStep } from '../json/pointer.ts';

export interface DataProblem {
  /** Within data. */
  readonly pointer: string;
  readonly detail: string;
}

/** More would not help a reader, and a hostile array could make half a million. */
const MAX_PROBLEMS = 20;

/** `allErrors` costs time in proportion to what is wrong, so it looks at small data only. */
const LIST_ALL_UP_TO = 16 * 1_024;

/** `addUsedSchema: false`: schemas of different providers may use the same `$id`. */
const options = { strict: true, allowUnionTypes: true, addUsedSchema: false } as const;

/** One for all schemas: compiling the meta-schema takes longer than compiling theirs. */
function compiler(allErrors: boolean): (schema: object) => ValidateFunction {
  const ajv = new Ajv2020({ ...options, allErrors });
  addFormats.default(ajv);
  return (schema) => ajv.compile(schema);
}

const compileFirst = compiler(false);
const compileAll = compiler(true);

export class DataValidator {
  readonly #first: ValidateFunction;
  readonly #schema: object;
  #all: ValidateFunction | undefined;

  /** Throws where the schema is none. */
  constructor(schema: object) {
    this.#schema = schema;
    this.#first = compileFirst(schema);
  }

  /** What is wrong with `data`; empty: nothing. `bytes`: its size as JSON. */
  problems(data: unknown, bytes: number): readonly DataProblem[] {
    if (this.#first(data)) return [];
    if (bytes > LIST_ALL_UP_TO) return (this.#first.errors ?? []).map(problem);
    this.#all ??= compileAll(this.#schema);
    this.#all(data);
    return (this.#all.errors ?? []).slice(0, MAX_PROBLEMS).map(problem);
  }
}

const validators = new WeakMap<ContractEventType, DataValidator>();

/** Compiled once for each event type of each loaded contract. */
export function validatorOf(eventType: ContractEventType): DataValidator {
  const known = validators.get(eventType);
  if (known !== undefined) return known;
  const made = new DataValidator(eventType.schema);
  validators.set(eventType, made);
  return made;
}

function problem(error: ErrorObject): DataProblem {
  const params: Readonly<Record<string, unknown>> = error.params;
  const missing = params['missingProperty'];
  if (typeof missing === 'string') {
    const pointer = error.instancePath + pointerStep(missing);
    return { pointer, detail: 'is required; add it' };
  }
  const extra = params['additionalProperty'];
  if (typeof extra === 'string') {
    const pointer = error.instancePath + pointerStep(extra);
    return { pointer, detail: 'is not a member that the contract sends; leave it out' };
  }
  const type = params['type'];
  if (error.keyword === 'type') {
    const allowed = Array.isArray(type) ? type.join(' or ') : String(type);
    return { pointer: error.instancePath, detail: `must be ${allowed}` };
  }
  return { pointer: error.instancePath, detail: error.message ?? 'does not fit the schema' };
}
