import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  operationsOf,
  readDocument,
  type IndexedOperation,
} from '../support/rest-document/document-index.ts';
import { DocumentJudge } from '../support/rest-document/document-judge.ts';
import { RestScene } from '../support/rest-document/rest-scene.ts';
import { arbitraryOf } from '../support/rest-document/schema-arbitrary.ts';

const document = readDocument();
const operations = operationsOf(document);
const RUNS = 40;

interface Fuzzed {
  readonly ids: Readonly<Record<string, string | null>>;
  readonly query: Readonly<Record<string, unknown>>;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: string | undefined;
  readonly asRoot: boolean;
}

/** Values by the schema as it is, and things that are none of it. */
const mixed = (valid: fc.Arbitrary<unknown>) =>
  fc.oneof({ weight: 3, arbitrary: valid }, { weight: 1, arbitrary: fc.jsonValue() });

describe('whatever is sent to an operation', () => {
  const judge = new DocumentJudge(document);
  let scene: RestScene;

  beforeAll(async () => {
    scene = await RestScene.open('rest-fuzz', { HYPERHOOK_LOG_LEVEL: 'silent' });
  }, 180_000);
  afterAll(() => scene?.close(), 180_000);

  const bodyOf = ({ bodySchema, example }: IndexedOperation): fc.Arbitrary<string | undefined> => {
    if (bodySchema === undefined) return fc.option(fc.json(), { nil: undefined, freq: 4 });
    const valid = arbitraryOf(document, bodySchema);
    const object = valid.map((value) => (value !== null && typeof value === 'object' ? value : {}));
    const shown = fc.constant(example ?? {});
    const bent = fc
      .tuple(fc.oneof(shown, object), fc.string(), fc.jsonValue())
      .map(([whole, name, value]) => ({ ...whole, [name]: value }));
    const reachable = fc.constantFrom(
      scene.receiver,
      `${scene.receiver}#x`,
      'http://10.0.0.1/',
      'gopher://x',
    );
    const local = fc
      .tuple(object, reachable)
      .map(([whole, url]) => ('url' in whole ? { ...whole, url } : whole));
    return fc.oneof(
      { weight: 4, arbitrary: fc.oneof(local, shown).map((each) => JSON.stringify(each)) },
      { weight: 2, arbitrary: bent.map((each) => JSON.stringify(each)) },
      { weight: 1, arbitrary: fc.json() },
      {
        weight: 1,
        arbitrary: fc.constantFrom('', '{', '[]', 'null', '{"a":1,"a":2}', '"\\ud800"', '\u0000'),
      },
    );
  };

  const fuzzed = (operation: IndexedOperation): fc.Arbitrary<Fuzzed> => {
    const place = (where: string) => operation.parameters.filter((each) => each.in === where);
    const valuesOf = (where: string, of: (schema: fc.Arbitrary<unknown>) => fc.Arbitrary<unknown>) =>
      fc.record(
        Object.fromEntries(place(where).map(({ name, schema }) => [name, of(arbitraryOf(document, schema))])),
        { requiredKeys: [] },
      );
    const ids = fc.record(
      Object.fromEntries(
        place('path').map(({ name }) => [
          name,
          fc.option(fc.string({ minLength: 1, unit: 'binary' }), { freq: 3 }),
        ]),
      ),
    );
    const unknown = fc.dictionary(fc.string({ minLength: 1, maxLength: 8 }), fc.string(), { maxKeys: 1 });
    return fc.record({
      ids,
      query: fc
        .tuple(valuesOf('query', mixed), fc.oneof(fc.constant({}), unknown))
        .map(([a, b]) => ({ ...a, ...b })),
      headers: valuesOf('header', (valid) => fc.oneof(valid, fc.string())) as fc.Arbitrary<Fuzzed['headers']>,
      body: bodyOf(operation),
      asRoot: fc.boolean(),
    });
  };

  const requestOf = async (operation: IndexedOperation, given: Fuzzed) => {
    const real = Object.values(given.ids).includes(null) ? await scene.pathValues(operation) : {};
    const path = operation.path.replaceAll(/\{(\w+)\}/g, (_, name: string) =>
      encodeURIComponent(given.ids[name] ?? real[name] ?? ''),
    );
    const query = new URLSearchParams(
      Object.entries(given.query).map(([name, value]): [string, string] => [
        name,
        typeof value === 'string' ? value : JSON.stringify(value),
      ]),
    ).toString();
    // What a client cannot put into a header, no engine gets to see.
    const headers = Object.entries(given.headers).filter(
      (entry): entry is [string, string] => entry[1] !== undefined && /^[\x20-\x7e]*$/.test(entry[1]),
    );
    const mayHaveBody = operation.method !== 'GET';
    return {
      method: operation.method,
      path: query === '' ? path : `${path}?${query}`,
      headers: Object.fromEntries(headers),
      key: operation.scope === undefined ? '' : given.asRoot ? scene.engine.rootKey : scene.own.key,
      body: mayHaveBody ? given.body : undefined,
    };
  };

  it.each(operations.map((each) => [each.id, each] as const))(
    '%s is answered as the document says, and never by 5xx',
    async (_, operation) => {
      await fc.assert(
        fc.asyncProperty(fuzzed(operation), async (given) => {
          const request = await requestOf(operation, given);
          const answer = await scene.call(request);
          expect({ request, complaints: judge.complaints(operation, answer) }).toEqual({
            request,
            complaints: [],
          });
          expect({ request, status: answer.status }).toEqual({ request, status: expect.any(Number) });
          if (answer.status >= 500) throw new Error(`${answer.status}: ${answer.text}`);
        }),
        { numRuns: RUNS, endOnFailure: true },
      );
    },
    60_000,
  );
});
