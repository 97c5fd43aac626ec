import { defineConfig, type ConfigOf } from '../load-config.ts';

/** Settings of the way in. */
export const ingestionSettings = defineConfig({
  maxBodyBytes: {
    kind: 'int',
    env: 'HYPERHOOK_INGESTION_MAX_BODY_BYTES',
    description: 'largest request body of POST /api/v1/events, in bytes',
    default: 16 * 1_024 * 1_024,
    min: 1_024,
    max: 256 * 1_024 * 1_024,
  },
  maxBytesInFlight: {
    kind: 'int',
    env: 'HYPERHOOK_INGESTION_MAX_BYTES_IN_FLIGHT',
    description: 'bytes of events that may wait for the log before publishers get 503',
    default: 64 * 1_024 * 1_024,
    min: 1_024,
  },
  appendWithin: {
    kind: 'duration',
    env: 'HYPERHOOK_INGESTION_APPEND_WITHIN',
    description: 'how long a publisher waits for the log before it gets 503',
    default: 10_000,
    min: 10,
    max: 60_000,
  },
});

export type IngestionConfig = ConfigOf<typeof ingestionSettings>;
