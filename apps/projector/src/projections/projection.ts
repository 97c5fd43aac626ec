import type { Decoded, LogRecord, TopicName } from '#log';
import type { ProjectionChanges } from '#read-model';
import { projectAsked } from './asked.projection.ts';
import { projectControl } from './control.projection.ts';
import { projectEvent } from './event.projection.ts';
import { projectKeyUses } from './key-uses.projection.ts';
import { projectOutcome } from './outcome.projection.ts';
import { projectQuarantined } from './quarantine.projection.ts';

/** Folds one record into what it changes. Pure: no clock, no lookups, so a rebuild gives the same rows. */
export type Projection = (record: LogRecord) => Decoded<Partial<ProjectionChanges>>;

export const projections: ReadonlyMap<TopicName, Projection> = new Map<TopicName, Projection>([
  ['control', projectControl],
  ['events', projectEvent],
  ['deliveries', projectAsked],
  ['outcomes', projectOutcome],
  ['quarantine', projectQuarantined],
  ['key-uses', projectKeyUses],
]);

export const projectedTopics: readonly TopicName[] = [...projections.keys()];

/** The changes of several records, in their order, as those of one slice. */
export function gathered(parts: readonly Partial<ProjectionChanges>[]): Partial<ProjectionChanges> {
  const all: Record<string, unknown[]> = {};
  for (const part of parts) {
    let name: keyof ProjectionChanges;
    for (name in part) {
      const rows = part[name] ?? [];
      // Mostly one: no arrays for them on the way.
      for (const row of rows) (all[name] ??= []).push(row);
    }
  }
  return all;
}
