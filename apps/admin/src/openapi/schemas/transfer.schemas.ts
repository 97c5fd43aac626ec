import { schema, type JsonSchema } from '#http-edge';
import { lineResults } from '../../use-cases/transfer/plan-line.ts';

const { listOf, moment, objectOf, orNull, text, whole } = schema;

const problem = objectOf(
  {
    status: whole(''),
    code: text('From the list of problem codes.'),
    detail: text('What is wrong, and how to mend it.'),
    errors: listOf(objectOf({ pointer: text('Into the request.'), code: text(''), detail: text('') })),
  },
  { optional: ['errors'] },
);

/** As import.view.ts and the controller of erasures show them. */
export const transferSchemas: Readonly<Record<string, JsonSchema>> = {
  Imported: objectOf({
    counts: objectOf(Object.fromEntries(lineResults.map((result) => [result, whole('How many lines.')]))),
    results: listOf(
      objectOf(
        {
          kind: text('As the line says.'),
          id: text('As the line says.'),
          result: text('', { enum: lineResults }),
          problem,
        },
        { optional: ['kind', 'id', 'problem'] },
      ),
    ),
  }),
  Erasing: objectOf({
    tenant: text(''),
    events: orNull(whole('How many events are meant; null: all.')),
    accepted_until: moment('Nothing that was accepted later is meant.'),
  }),
};
