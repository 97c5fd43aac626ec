import { openReadModel, type ReadModel, type ReadModelOptions } from './open-read-model.ts';
import type { Queries } from './queries/queries.ts';
import type { AnsweredRequests } from './requests/answered-requests.ts';
import type { ProjectionStore } from './store/projection-store.ts';

/** A read model whose database may be away when the process starts. */
export interface LaterReadModel {
  /** Each call opens and migrates first, if that has not worked yet; rejects while the database is away. */
  readonly store: ProjectionStore;
  /** The same. */
  readonly answered: AnsweredRequests;
  /** For the history: the same, with what `ask` is given. */
  ask<T>(ask: (queries: Queries) => Promise<T>): Promise<T>;
  readonly sweep: ReadModel['sweep'];
  /** Undefined: not reached yet. */
  current(): ReadModel | undefined;
  close(): Promise<void>;
}

/**
 * For processes that must start, and do other things, without the database: policies run beside projections, and
 * endpoints are disabled whether or not history can be written.
 */
export function openReadModelLater(options: ReadModelOptions): LaterReadModel {
  let opened: ReadModel | undefined;
  let opening: Promise<ReadModel> | undefined;
  let isClosed = false;

  const openMigrated = async () => {
    const readModel = await openReadModel(options);
    try {
      await readModel.migrate();
      if (isClosed) throw new Error('the read model was closed');
      opened = readModel;
      return readModel;
    } catch (error) {
      await readModel.close();
      throw error;
    }
  };
  const open = async () => {
    if (isClosed) throw new Error('the read model was closed');
    if (opened !== undefined) return opened;
    // All callers wait for one opening; after a failure the next call tries anew.
    opening ??= openMigrated().finally(() => {
      opening = undefined;
    });
    return opening;
  };
  return {
    store: {
      apply: async (slices) => (await open()).store.apply(slices),
      positions: async (projection, partition) => (await open()).store.positions(projection, partition),
    },
    answered: {
      take: async (...given) => (await open()).answered.take(...given),
      keep: async (...given) => (await open()).answered.keep(...given),
      release: async (...given) => (await open()).answered.release(...given),
      forgetBefore: async (...given) => (await open()).answered.forgetBefore(...given),
    },
    ask: async (ask) => ask((await open()).queries),
    sweep: async (keep, now) => (await open()).sweep(keep, now),
    current: () => opened,
    close: async () => {
      isClosed = true;
      await opening?.catch(() => {});
      await opened?.close();
    },
  };
}
