import { Refused } from '#http-edge';
import { DtoPipe } from './dto.pipe.ts';

const pipe = new DtoPipe();

/** Checks one part of a body against its class; `at`: the pointer to it. Throws as the pipe does, with pointers from the top. */
export async function checkedAt<T>(at: string, value: unknown, metatype: new () => T): Promise<T> {
  try {
    return (await pipe.transform(value, { type: 'body', metatype })) as T;
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    const errors = error.errors.map((each) => ({ ...each, pointer: at + each.pointer }));
    throw new Refused(error.code, error.message, { errors });
  }
}
