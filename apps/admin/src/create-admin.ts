import { OutcomeFollower } from './use-cases/outcome-follower.ts';
import { TestPace } from './use-cases/test-pace.ts';
import type { AdminContext } from './use-cases/admin-context.ts';
import type { Log } from '#log';

/** What the process has and admin shares; the control table and the writer are the process's own. */
export interface AdminDeps extends Omit<AdminContext, 'log' | 'outcomes' | 'testPace'> {
  readonly log: Pick<Log, 'append' | 'readOne' | 'endOffsets' | 'follow'>;
}

export interface Admin {
  readonly context: AdminContext;
  /** After the control table has been started. */
  start(): void;
  /** Lets tests that wait go; their answers say "pending". */
  stop(): Promise<void>;
}

/** Administration without any transport: REST and gRPC (admin.module.ts) stand before the same context. */
export function createAdmin(deps: AdminDeps): Admin {
  const outcomes = new OutcomeFollower(deps.log);
  const context: AdminContext = { ...deps, outcomes, testPace: new TestPace() };
  return {
    context,
    start: () => {
      const created = deps.control.table.installation?.partitions;
      // Another P would send replays to partitions where nobody knows their deliveries (R1).
      if (created !== undefined && created !== deps.partitions) {
        throw new Error(`this installation has ${created} partitions, admin was given ${deps.partitions}`);
      }
    },
    stop: () => outcomes.stop(),
  };
}
