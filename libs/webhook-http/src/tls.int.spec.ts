import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createServer as createTlsServer, type SecureVersion } from 'node:tls';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { createThrowAwayCa, startReceiver, type ServerCertificate, type ThrowAwayCa } from '#testkit';
import { createEgressGuard } from './egress-guard.ts';
import { createHttpSender } from './http-sender.ts';
import type { AttemptReport, Sender } from './sender.ts';
import { prepareTarget } from './target.ts';

const allow = ['127.0.0.0/8'];
const resolve = () => Promise.resolve([{ address: '127.0.0.1', family: 4 as const }]);
const egress = createEgressGuard({ allow, resolve });
const attempt = (sender: Sender, url: string): Promise<AttemptReport> =>
  sender.send({ target: prepareTarget(url), headers: {}, body: Buffer.from('{}'), timeoutMs: 2_000 });

let authority: ThrowAwayCa;
let sender: Sender;

beforeAll(async () => {
  authority = await createThrowAwayCa();
  sender = createHttpSender({ egress, userAgent: 'Hyperhook/1', extraCa: [authority.ca] });
});
afterAll(() => sender.close());

const heapAfterCollection = (): number => {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  collect();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
};

const over = async (tls: ServerCertificate, url: (port: number) => string): Promise<AttemptReport> => {
  const receiver = await startReceiver({ tls });
  try {
    return await attempt(sender, url(receiver.port));
  } finally {
    await receiver.close();
  }
};

describe('an attempt over TLS', () => {
  it('reaches a host whose certificate an accepted authority made, by address and by name', async () => {
    const tls = await authority.issue({ hosts: ['127.0.0.1', 'hooks.example'] });
    expect(await over(tls, (port) => `https://127.0.0.1:${port}/`)).toMatchObject({ status: 200 });
    expect(await over(tls, (port) => `https://hooks.example:${port}/`)).toMatchObject({ status: 200 });
  });

  it('fails when the authority is unknown', async () => {
    const other = await createThrowAwayCa();
    const report = await over(await other.issue(), (port) => `https://127.0.0.1:${port}/`);
    expect(report).toMatchObject({ errorClass: 'tls', status: null });
    expect(report.message).toContain('not trusted');
  });

  it('fails when the certificate is for another host', async () => {
    const tls = await authority.issue({ hosts: ['other.example'] });
    const report = await over(tls, (port) => `https://hooks.example:${port}/`);
    expect(report).toMatchObject({
      errorClass: 'tls',
      message: 'The certificate of the endpoint is for another host.',
    });
  });

  it('fails when the certificate has expired', async () => {
    const tls = await authority.issue({
      notBefore: new Date('2020-01-01'),
      notAfter: new Date('2020-02-01'),
    });
    const report = await over(tls, (port) => `https://127.0.0.1:${port}/`);
    expect(report).toMatchObject({
      errorClass: 'tls',
      message: 'The certificate of the endpoint has expired.',
    });
  });

  it.each<SecureVersion>(['TLSv1', 'TLSv1.1'])('fails when the host speaks %s only', async (version) => {
    const tls = await authority.issue();
    const server = createTlsServer({
      ...tls,
      minVersion: version,
      maxVersion: version,
      ciphers: 'DEFAULT@SECLEVEL=0',
    });
    server.on('tlsClientError', () => undefined);
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const report = await attempt(sender, `https://127.0.0.1:${(server.address() as AddressInfo).port}/`);
    server.close();
    expect(report).toMatchObject({ errorClass: 'tls' });
  });

  it('fails when the port speaks plain HTTP', async () => {
    const receiver = await startReceiver();
    const report = await attempt(sender, `https://127.0.0.1:${receiver.port}/`);
    await receiver.close();
    expect(report).toMatchObject({ errorClass: 'tls' });
    expect(receiver.requests).toHaveLength(0);
  });

  it('that fails hundreds of times leaves no memory behind', async () => {
    const other = await createThrowAwayCa();
    const receiver = await startReceiver({ tls: await other.issue() });
    const url = `https://127.0.0.1:${receiver.port}/`;
    const fail = async (times: number): Promise<void> => {
      for (let n = 0; n < times; n += 20) {
        const reports = await Promise.all(Array.from({ length: 20 }, () => attempt(sender, url)));
        expect(reports.every(({ errorClass }) => errorClass === 'tls')).toBe(true);
      }
    };
    await fail(200);
    const before = heapAfterCollection();
    await fail(600);
    const perFailure = (heapAfterCollection() - before) / 600;
    await receiver.close();
    // A socket or TLS session that stays costs tens of kilobytes.
    expect(perFailure).toBeLessThan(2_000);
  }, 60_000);
});
