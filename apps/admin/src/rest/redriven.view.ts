import type { RecordPlace, Redriven } from '../use-cases/redrive-record.ts';
import { isoTime } from './iso-time.ts';

export function redrivenView({ topic, partition }: RecordPlace, { offset, isNew, at }: Redriven) {
  return { topic, partition, offset, redriven: isNew, at: isoTime(at) };
}
