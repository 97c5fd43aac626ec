import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { hasContainerEngine } from './container-engine.ts';
import { containerEnvironment } from './container-properties.ts';
import { chooseKafkaSource } from './kafka-source.ts';

describe('the source of a broker', () => {
  const yes = () => Promise.resolve(true);
  const no = () => Promise.resolve(false);
  const never = () => Promise.reject(new Error('nobody had to ask'));

  it.each([
    ['containers where an engine answers', {}, false, yes, 'containers'],
    ['jars where none does', {}, false, no, 'jars'],
    ['jars where an image cannot give what is asked', {}, true, never, 'jars'],
    ['jars where KAFKA_FROM says so', { KAFKA_FROM: 'jars' }, false, never, 'jars'],
    ['containers where KAFKA_FROM says so', { KAFKA_FROM: 'containers' }, false, yes, 'containers'],
  ] as const)('is %s', async (_, environment, needsJars, hasEngine, source) => {
    expect(await chooseKafkaSource(environment, needsJars, hasEngine)).toBe(source);
  });

  it('is refused where KAFKA_FROM asks for what is not there, or is not known', async () => {
    await expect(chooseKafkaSource({ KAFKA_FROM: 'containers' }, false, no)).rejects.toThrow(
      'no container engine answers: start one, or leave KAFKA_FROM out',
    );
    await expect(chooseKafkaSource({ KAFKA_FROM: 'docker' }, false, yes)).rejects.toThrow(
      'KAFKA_FROM=docker: containers or jars',
    );
  });
});

describe('a container engine', () => {
  let folder: string;
  let server: Server;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'hyperhook-engine-'));
    server = createServer(({ url }, response) => {
      response.writeHead(url === '/_ping' ? 200 : 404).end();
    });
    server.listen(join(folder, 'docker.sock'));
    await once(server, 'listening');
  });
  afterAll(async () => {
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
    rmSync(folder, { recursive: true });
  });

  it('is there when it answers, at its socket or where DOCKER_HOST says', async () => {
    expect(await hasContainerEngine({ HOME: '/nowhere', XDG_RUNTIME_DIR: folder })).toBe(true);
    expect(await hasContainerEngine({ DOCKER_HOST: `unix://${folder}/docker.sock` })).toBe(true);
  });

  it.each(['unix:///nowhere/docker.sock', 'tcp://127.0.0.1:1', 'ssh://somewhere', 'nonsense'])(
    'is not there when nothing answers at %s',
    async (address) => {
      expect(await hasContainerEngine({ DOCKER_HOST: address })).toBe(false);
    },
  );

  it('is not there when it takes a connection and says nothing', async () => {
    const mute = createServer(() => {});
    mute.listen(join(folder, 'mute.sock'));
    await once(mute, 'listening');
    expect(await hasContainerEngine({ DOCKER_HOST: `unix://${folder}/mute.sock` }, 100)).toBe(false);
    mute.closeAllConnections();
    mute.close();
    await once(mute, 'close');
  });
});

describe('the environment of a container', () => {
  it('holds the settings of the broker, by the names that the image reads', () => {
    const plans = [1, 2, 3].map((nodeId) => ({ nodeId, port: 100 + nodeId, controllerPort: 0, folder: '' }));
    const environment = containerEnvironment(
      plans[1]!,
      plans,
      { host: 'there', clusterId: 'c' },
      { 'listener.name.sasl_ssl.scram-sha-256.x': 'y' },
    );
    expect(environment).toMatchObject({
      KAFKA_NODE_ID: '2',
      KAFKA_ADVERTISED_LISTENERS: 'PLAINTEXT://there:102,BROKER://kafka-2:9094',
      KAFKA_CONTROLLER_QUORUM_VOTERS: '1@kafka-1:9093,2@kafka-2:9093,3@kafka-3:9093',
      KAFKA_OFFSETS_TOPIC_REPLICATION_FACTOR: '3',
      KAFKA_LISTENER_NAME_SASL__SSL_SCRAM___SHA___256_X: 'y',
      CLUSTER_ID: 'c',
    });
  });
});
