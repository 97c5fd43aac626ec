import { schema, type Answer } from '#http-edge';

type Success = Readonly<Record<number, Answer>>;

/** 200 with one thing that nobody changed. `name`: of its schema. */
export const shown = (name: string, example?: unknown): Success => ({
  200: { description: 'As it is now.', schema: schema.ref(name), ...exampleOf(example) },
});

/** The same for what has a version. */
export const shownVersion = (name: string, example?: unknown): Success => ({
  200: { description: 'As it is now.', schema: schema.ref(name), headers: ['etag'], ...exampleOf(example) },
});

export const changed = (name: string, example?: unknown): Success => ({
  200: {
    description: 'As it is after the change.',
    schema: schema.ref(name),
    headers: ['etag', 'position'],
    ...exampleOf(example),
  },
});

/** 201 from POST; the answer may be given again to the same Idempotency-Key. */
export const created = (name: string, example?: unknown): Success => ({
  201: {
    description: 'Made.',
    schema: schema.ref(name),
    headers: ['etag', 'location', 'position', 'replayed'],
    ...exampleOf(example),
  },
});

export const removed: Success = { 204: { description: 'Gone.', headers: ['position'] } };

export const revealed: Success = {
  200: {
    description: 'In clear.',
    schema: schema.ref('RevealedSecret'),
    headers: ['position', 'replayed'],
  },
};

export const replayBegun: Success = {
  202: {
    description: 'A job has begun; its own page tells how far it has got.',
    schema: schema.ref('Replay'),
    headers: ['location', 'position', 'replayed'],
  },
};

/** A page of a list, and how to go on. `both`: also back. */
export function page(name: string, both: boolean): Success {
  const cursor = schema.orNull(schema.text('Send it as "after" for the next page; null: that was all.'));
  const previous = schema.orNull(
    schema.text('Send it as "before" for the page before; null: there is none.'),
  );
  const body = schema.objectOf({
    data: schema.listOf(schema.ref(name)),
    next: cursor,
    ...(both ? { previous } : {}),
  });
  return { 200: { description: 'One page.', schema: body, headers: ['link'] } };
}

function exampleOf(example: unknown): { readonly example?: unknown } {
  return example === undefined ? {} : { example };
}
