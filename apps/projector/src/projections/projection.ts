import type { Decoded, LogRecord, TopicName } from '#log';
import type { ProjectionChanges } from '#read-model';
import { projectAsked } from './asked.projection.ts';
import { projectControl } from './control.projection.ts';
import { projectEvent } from './event.projection.ts';
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
]);

export const projectedTopics: readonly TopicName[] = [...projections.keys()];

/** The changes of several records, in their order, as those of one slice. */
export function gathered(parts: readonly Partial<ProjectionChanges>[]): ProjectionChanges {
  return {
    facts: parts.flatMap((part) => part.facts ?? []),
    events: parts.flatMap((part) => part.events ?? []),
    deliveries: parts.flatMap((part) => part.deliveries ?? []),
    attempts: parts.flatMap((part) => part.attempts ?? []),
    unmatched: parts.flatMap((part) => part.unmatched ?? []),
    quarantined: parts.flatMap((part) => part.quarantined ?? []),
  };
}
