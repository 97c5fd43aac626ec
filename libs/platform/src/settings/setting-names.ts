import type { ConfigSchema } from '../load-config.ts';
import { clientSettings } from './client-settings.ts';
import { databaseSettings } from './database-settings.ts';
import { drainSettings } from './drain-settings.ts';
import { egressSettings } from './egress-settings.ts';
import { endpointSettings } from './endpoint-settings.ts';
import { grpcSettings } from './grpc-settings.ts';
import { ingestionSettings } from './ingestion-settings.ts';
import { installationSettings } from './installation-settings.ts';
import { kafkaSettings } from './kafka-settings.ts';
import { listenSettings } from './listen-settings.ts';
import { liveSettings } from './live-settings.ts';
import { operatorSettings } from './operator-settings.ts';
import { pageSettings } from './page-settings.ts';
import { processSettings } from './process-settings.ts';
import { quotaSettings } from './quota-settings.ts';
import { replaySettings } from './replay-settings.ts';
import { retentionSettings } from './retention-settings.ts';
import { secretSettings } from './secret-settings.ts';
import { sendingSettings } from './sending-settings.ts';
import { standaloneSettings } from './standalone-settings.ts';
import { traceSettings } from './trace-settings.ts';
import { upstreamSettings } from './upstream-settings.ts';

const groups: readonly ConfigSchema[] = [
  clientSettings,
  databaseSettings,
  drainSettings,
  egressSettings,
  endpointSettings,
  grpcSettings,
  ingestionSettings,
  installationSettings,
  kafkaSettings,
  listenSettings(0),
  liveSettings,
  operatorSettings,
  pageSettings,
  processSettings,
  quotaSettings,
  replaySettings,
  retentionSettings,
  secretSettings,
  sendingSettings,
  standaloneSettings,
  traceSettings,
  upstreamSettings,
];

/**
 * Every variable that any process reads. One environment may serve them all: what another process reads is passed over,
 * what none reads is a mistake.
 */
export const settingNames: readonly string[] = groups.flatMap((group) =>
  Object.values(group).map(({ env }) => env),
);
