import type { ResultFile } from './result-file.ts';

/** A run, and which of its cases a later run of the same machine was asked for again. */
export interface Told extends ResultFile {
  /** Empty where all is of one run. */
  readonly again: readonly { readonly at: string; readonly cases: readonly string[] }[];
}

/**
 * The first file as it is, but for cases that a later one has as well: the later one's count, and the page says so. Throws where
 * they are of different targets or machines, which no reader could compare.
 */
export function withLater([first, ...later]: readonly ResultFile[]): Told {
  if (first === undefined) throw new Error('no results');
  let told: Told = { ...first, again: [] };
  for (const file of later) {
    if (file.target !== told.target || file.machine.cpu !== told.machine.cpu)
      throw new Error(`the run of ${file.at} is of another target or machine than that of ${first.at}`);
    const names = file.cases.map((one) => one.case);
    const kept = told.cases.map((one) => file.cases.find((other) => other.case === one.case) ?? one);
    const added = file.cases.filter((one) => !told.cases.some((other) => other.case === one.case));
    told = { ...told, cases: [...kept, ...added], again: [...told.again, { at: file.at, cases: names }] };
  }
  return told;
}
