/** Six hours and a half of retries in twelve seconds, so that whole schedules fit into a run. */
const TIME_SCALE = 0.0005;

/** Settings of every process under chaos. `caFile`: of the authority that receivers' certificates are from. */
export const engineEnv = (caFile: string): Readonly<Record<string, string>> => ({
  HYPERHOOK_TIME_SCALE: String(TIME_SCALE),
  // So that each request says which event it is of, whatever its contract: there are the contract's own headers all the same.
  HYPERHOOK_STANDARD_WEBHOOKS: 'true',
  NODE_OPTIONS: `--import=${import.meta.resolve('../../../support/say-who-sends.mjs')}`,
  HYPERHOOK_EXTRA_CA_FILE: caFile,
});
