import { randomBytes, randomUUID } from 'node:crypto';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { loadContracts, shippedContractsDirectory } from '#contracts';
import { FollowedControl, hashApiKey } from '#control';
import type { ControlFact, Scope, TenantLimits } from '#domain';
import { acceptJsonBodies, serverOptions } from '#http-edge';
import { encodeControl, MemoryStore, type EventRecord } from '#log';
import {
  createHealth,
  createLogger,
  createMetrics,
  systemClock,
  type Clock,
  type GrpcConfig,
  type IngestionConfig,
} from '#platform';
import { createIngestion, type Ingestion } from '../create-ingestion.ts';
import { openGrpcDoor, type GrpcDoor } from '../grpc/grpc-door.ts';
import { ProblemFilter } from '../http/problem.filter.ts';
import { addPublishRoute } from '../http/publish-route.ts';
import { IngestionModule } from '../ingestion.module.ts';
import { eventsIn } from './events-in.ts';
import { LaggingLog } from './lagging-log.ts';
import { rawRequest, type RawAnswer, type RawRequest } from './raw-request.ts';
import { tenantCreated } from './tenant-created.ts';

const PARTITIONS = 4;
const MEBIBYTE = 1_024 * 1_024;

export interface StartOptions {
  readonly config?: Partial<IngestionConfig>;
  readonly clock?: Clock;
  readonly quotas?: TenantLimits;
}

/** The real app on a free port over the memory log, with tenants of every kind and their keys. For tests. */
export class StartedIngestion {
  readonly store = new MemoryStore();
  readonly log = new LaggingLog(this.store);
  readonly control = new FollowedControl();
  readonly metrics = createMetrics({ process: false });
  readonly logged: string[] = [];
  readonly health = createHealth();
  ingestion!: Ingestion;
  port = 0;
  #app!: NestFastifyApplication;
  #config!: IngestionConfig;
  #door: GrpcDoor | undefined;

  static async start(options: StartOptions = {}): Promise<StartedIngestion> {
    const started = new StartedIngestion();
    await started.#start(options);
    return started;
  }

  /** Publishes with the key of `acme` (contract standard-webhooks, which takes any type). */
  publish(body: RawRequest['body'] | object, more: Partial<RawRequest> = {}): Promise<RawAnswer> {
    const isRaw = body === null || typeof body === 'string' || body instanceof Uint8Array;
    return rawRequest(this.port, {
      ...more,
      body: isRaw ? body : JSON.stringify(body),
      headers: { authorization: 'Bearer acme', 'content-type': 'application/json', ...more.headers },
    });
  }

  /** Opens gRPC too; gives its address. */
  async grpc(settings: Partial<Omit<GrpcConfig, 'grpcPort'>> = {}): Promise<string> {
    const config = {
      host: '127.0.0.1',
      grpcPort: 0,
      grpcTlsCertFile: null,
      grpcTlsKeyFile: null,
      grpcTlsClientCaFile: null,
      ...this.#config,
      ...settings,
    };
    this.health.add('ingestion', () => this.ingestion.health());
    this.#door = await openGrpcDoor(this.ingestion, config, this.health);
    return this.#door.address;
  }

  /** As a process does at SIGTERM. */
  async drain(): Promise<void> {
    this.health.drain();
    await this.#door?.close();
    await this.ingestion.stop();
  }

  events(): Promise<EventRecord[]> {
    return eventsIn(this.log, PARTITIONS);
  }

  async append(fact: ControlFact): Promise<number> {
    const encoded = encodeControl({ factId: randomUUID(), actor: 'test', fact });
    const [appended] = await this.log.append([{ topic: 'control', partition: 0, ...encoded }]);
    return (appended?.offset ?? 0) + 1;
  }

  addTenant(tenantId: string, contract: string, entitled = true): Promise<number> {
    return this.append(tenantCreated(tenantId, contract, entitled));
  }

  /** The key's text is `text`. */
  addKey(text: string, tenantId: string | null, scopes: readonly Scope[]): Promise<number> {
    const head = { keyId: `key_${text}`, version: 1, at: 1, name: text, prefix: text };
    return this.append({
      type: 'key.created',
      ...head,
      tenantId,
      hash: hashApiKey(text),
      scopes,
      expiresAt: null,
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.drain();
    await this.#app.close();
    await this.control.stop();
    await this.log.close();
  }

  async #start(options: StartOptions): Promise<void> {
    await this.log.ensureTopics(PARTITIONS);
    await this.addTenant('acme', 'standard-webhooks');
    await this.addTenant('watch', 'hyprwatch');
    await this.addTenant('free', 'standard-webhooks', false);
    await this.addKey('acme', 'acme', ['events:write']);
    await this.addKey('watch', 'watch', ['events:write']);
    await this.addKey('free', 'free', ['events:write']);
    await this.addKey('reader', 'acme', ['events:read']);
    await this.addKey('root', null, ['admin']);
    this.#config = {
      maxBodyBytes: 16 * MEBIBYTE,
      maxBytesInFlight: 64 * MEBIBYTE,
      appendWithin: 10_000,
      ...options.config,
    };
    await this.control.start(this.log, { onNewer: () => {}, onUnreadable: () => {}, onError: () => {} });
    this.ingestion = createIngestion({
      log: this.log,
      control: this.control,
      contracts: loadContracts([shippedContractsDirectory()]),
      partitions: PARTITIONS,
      config: this.#config,
      logger: createLogger({
        name: 'test',
        level: 'debug',
        destination: { write: (line) => void this.logged.push(line) },
      }),
      metrics: this.metrics,
      clock: options.clock ?? systemClock,
      ...(options.quotas === undefined ? {} : { quotas: options.quotas }),
      random: (bytes) => randomBytes(bytes),
    });
    this.#app = await NestFactory.create<NestFastifyApplication>(
      IngestionModule.register(this.ingestion),
      new FastifyAdapter(serverOptions),
      { bodyParser: false, logger: false },
    );
    const host = this.#app.getHttpAdapter().getInstance();
    acceptJsonBodies(host, MEBIBYTE);
    addPublishRoute(host.server, this.ingestion);
    this.#app.useGlobalFilters(this.#app.get(ProblemFilter));
    await this.#app.listen(0, '127.0.0.1');
    const address = this.#app.getHttpServer().address();
    if (typeof address === 'object' && address !== null) this.port = address.port;
  }
}
