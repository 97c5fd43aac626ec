import { EntitySchema } from 'typeorm';
import { int, moment, position, primaryKey, text } from './columns.ts';

/** How far a projection has got: moved by compare-and-set in the transaction of the rows (P5). */
export interface ProjectionPositionRow {
  readonly projection: string;
  readonly topic: string;
  readonly partition: number;
  readonly nextOffset: number;
  readonly updatedAt: number;
}

export const projectionPositionEntity = new EntitySchema<ProjectionPositionRow>({
  name: 'ProjectionPosition',
  tableName: 'projection_positions',
  columns: {
    projection: text(primaryKey('projection_positions')),
    topic: text(primaryKey('projection_positions')),
    partition: int({ name: 'log_partition', ...primaryKey('projection_positions') }),
    nextOffset: position({ name: 'next_offset' }),
    updatedAt: moment({ name: 'updated_at' }),
  },
});
