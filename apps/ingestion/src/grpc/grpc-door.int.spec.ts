import 'reflect-metadata';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  Client,
  credentials,
  loadPackageDefinition,
  status,
  type ServiceClientConstructor,
} from '@grpc/grpc-js';
import { loadSync } from '@grpc/proto-loader';
import { afterAll, describe, expect, it } from '@jest/globals';
import { ConfigError, type GrpcConfig } from '#platform';
import { createThrowAwayCa, eventually, GrpcClient } from '#testkit';
import { StartedIngestion } from '../testing/started-ingestion.ts';

const event = { type: 'a.b' };

/** A client of a service that others have standardised, made from the file that its package brings. */
function standardClient(packageName: string, file: string, service: string, address: string): Client {
  const folder = join(createRequire(import.meta.url).resolve(`${packageName}/package.json`), '..');
  const root = loadPackageDefinition(loadSync(join(folder, file), { keepCase: true, enums: String }));
  const found = service.split('.').reduce<unknown>((at, name) => (at as Record<string, unknown>)[name], root);
  return new (found as ServiceClientConstructor)(address, credentials.createInsecure());
}

type Methods = Record<
  string,
  (...given: unknown[]) => NodeJS.EventEmitter & { write(m: object): void; end(): void }
>;
const methodsOf = (client: Client) => client as unknown as Methods;

describe('grpc.health.v1', () => {
  const check = (client: Client, service: string): Promise<string> =>
    new Promise((resolve) => {
      methodsOf(client)['Check']!({ service }, (error: { code: number } | null, answer: { status: string }) =>
        resolve(error === null ? answer.status : status[error.code]!),
      );
    });

  it('says what /readyz says, without a key, and tells watchers of a change', async () => {
    await using app = await StartedIngestion.start({ config: { appendWithin: 100 } });
    const address = await app.grpc();
    const client = standardClient(
      'grpc-health-check',
      'proto/health/v1/health.proto',
      'grpc.health.v1.Health',
      address,
    );
    try {
      expect(await check(client, '')).toBe('SERVING');
      expect(await check(client, 'hyperhook.v1.IngestService')).toBe('SERVING');
      expect(await check(client, 'hyperhook.v1.Nothing')).toBe('NOT_FOUND');
      const watched: string[] = [];
      const watching = methodsOf(client)['Watch']!({ service: '' });
      watching.on('data', (one: { status: string }) => watched.push(one.status));
      watching.on('error', () => {});
      await eventually(() => expect(watched).toEqual(['SERVING']));
      for (let times = 0; times < 5; times += 1) app.store.failNextAppend();
      await app.publish(event);
      await eventually(() => expect(watched).toEqual(['SERVING', 'NOT_SERVING']));
      await eventually(async () => expect((await app.publish(event)).status).toBe(202));
      await eventually(() => expect(watched).toEqual(['SERVING', 'NOT_SERVING', 'SERVING']));
      await app.drain();
      expect(watched.at(-1)).toBe('NOT_SERVING');
    } finally {
      client.close();
    }
  });
});

describe('reflection', () => {
  it.each(['v1', 'v1alpha'])('%s names the services and shows their messages', async (version) => {
    await using app = await StartedIngestion.start();
    const file = `build/proto/grpc/reflection/${version}/reflection.proto`;
    const service = `grpc.reflection.${version}.ServerReflection`;
    const client = standardClient('@grpc/reflection', file, service, await app.grpc());
    try {
      const asking = methodsOf(client)['ServerReflectionInfo']!();
      const answers: Record<string, unknown>[] = [];
      asking.on('data', (one: Record<string, unknown>) => answers.push(one));
      asking.write({ list_services: '' });
      asking.write({ file_containing_symbol: 'hyperhook.v1.IngestService' });
      await eventually(() => expect(answers).toHaveLength(2));
      asking.end();
      expect(answers[0]).toMatchObject({
        list_services_response: { service: expect.arrayContaining([{ name: 'hyperhook.v1.IngestService' }]) },
      });
      const { file_descriptor_proto: files } = answers[1]!['file_descriptor_response'] as {
        file_descriptor_proto: Buffer[];
      };
      expect(Buffer.concat(files).toString('latin1')).toContain('PublishStreamRequest');
    } finally {
      client.close();
    }
  });
});

describe('TLS', () => {
  const folder = mkdtempSync(join(tmpdir(), 'hyperhook-grpc-'));
  const kept = (name: string, text: string): string => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  };
  const publish = async (address: string, ...given: Parameters<typeof credentials.createSsl>) => {
    const client = new GrpcClient(address, 'acme', credentials.createSsl(...given));
    try {
      return (await client.call('IngestService', 'Publish', { event }, { deadlineMs: 5_000 })).code;
    } finally {
      client.close();
    }
  };

  afterAll(() => rmSync(folder, { recursive: true }));

  it('is spoken where a certificate is given, and asks clients for theirs where an authority is', async () => {
    const ca = await createThrowAwayCa();
    const mine = await ca.issue();
    const tls = {
      grpcTlsCertFile: kept('cert.pem', mine.cert),
      grpcTlsKeyFile: kept('key.pem', mine.key),
    };
    await using app = await StartedIngestion.start();
    const address = await app.grpc(tls);
    expect(await publish(address, Buffer.from(ca.ca))).toBe(status.OK);
    expect(await publish(address)).toBe(status.UNAVAILABLE);
    const plain = new GrpcClient(address, 'acme');
    expect((await plain.call('IngestService', 'Publish', { event }, { deadlineMs: 5_000 })).code).toBe(
      status.UNAVAILABLE,
    );
    plain.close();

    const theirs = await createThrowAwayCa();
    await using asking = await StartedIngestion.start();
    const guarded = await asking.grpc({ ...tls, grpcTlsClientCaFile: kept('client-ca.pem', theirs.ca) });
    const known = await theirs.issue({ hosts: ['publisher'] });
    const stranger = await ca.issue({ hosts: ['publisher'] });
    const pair = ({ key, cert }: typeof known) => [Buffer.from(key), Buffer.from(cert)] as const;
    expect(await publish(guarded, Buffer.from(ca.ca), ...pair(known))).toBe(status.OK);
    expect(await publish(guarded, Buffer.from(ca.ca), ...pair(stranger))).toBe(status.UNAVAILABLE);
    expect(await publish(guarded, Buffer.from(ca.ca))).toBe(status.UNAVAILABLE);
  });

  it.each<[string, Partial<GrpcConfig>, RegExp]>([
    ['a certificate without its key', { grpcTlsCertFile: kept('some.pem', 'x') }, /give both, or none/],
    [
      'a file that is not there',
      { grpcTlsCertFile: '/nowhere', grpcTlsKeyFile: '/nowhere' },
      /cannot read \/nowhere \(ENOENT\)/,
    ],
    [
      'an authority of clients without TLS',
      { grpcTlsClientCaFile: kept('ca.pem', 'x') },
      /give a certificate of the server too/,
    ],
    [
      'what is no certificate',
      { grpcTlsCertFile: kept('no-cert.pem', 'x'), grpcTlsKeyFile: kept('no-key.pem', 'x') },
      /GRPC_TLS_…_FILE: cannot be used/,
    ],
  ])('refuses %s with what is wrong', async (_what, settings, wrong) => {
    await using app = await StartedIngestion.start();
    const opening = app.grpc(settings);
    await expect(opening).rejects.toThrow(ConfigError);
    await expect(opening).rejects.toThrow(wrong);
  });
});
