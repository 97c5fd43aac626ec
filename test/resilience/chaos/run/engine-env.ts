/** Six hours and a half of retries in twelve seconds, so that whole schedules fit into a run. */
const TIME_SCALE = 0.0005;

/**
 * An attempt that has just begun takes 30 s where its receiver hangs, and what became of it is durable only when the broker that is
 * away has been replaced: a stop in the middle of a fault takes both.
 */
const DRAIN_WITHIN = '90s';

/** Settings of every process under chaos. `caFile`: of the authority that receivers' certificates are from. */
export const engineEnv = (caFile: string): Readonly<Record<string, string>> => ({
  HYPERHOOK_TIME_SCALE: String(TIME_SCALE),
  HYPERHOOK_DRAIN_WITHIN: DRAIN_WITHIN,
  // So that each request says which event it is of, whatever its contract: there are the contract's own headers all the same.
  HYPERHOOK_STANDARD_WEBHOOKS: 'true',
  NODE_OPTIONS: `--import=${import.meta.resolve('../../../support/say-who-sends.mjs')}`,
  HYPERHOOK_EXTRA_CA_FILE: caFile,
});
