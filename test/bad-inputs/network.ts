import { expect } from '@jest/globals';
import { once } from 'node:events';
import { createServer } from 'node:tls';
import { createThrowAwayCa, eventually, startReceiver } from '#testkit';
import type { BadInput } from './world.ts';

type Addresses = readonly { readonly address: string; readonly family: 4 | 6 }[];
const at = (...addresses: string[]): Addresses =>
  addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));
const blocked = { errorClass: 'blocked_address', status: null };

/** Names that lead elsewhere than they say: told at connect. The table is DNS here; the sender is the engine's. */
export const network: readonly BadInput[] = [
  {
    row: 9,
    input: 'a public name with a private A record',
    expected: 'blocked at connect, and nothing about the address is told',
    check: async (world) => {
      const resolve = () => Promise.resolve(at('10.0.0.5'));
      const report = await world.attempt('http://10-0-0-5.nip.example/', { resolve });
      expect(report).toMatchObject({ ...blocked, responseHeaders: null, responseBytes: 0 });
      expect(JSON.stringify(report)).not.toContain('10.0.0.5');
    },
  },
  {
    row: 10,
    input: 'public and private A records together',
    expected: 'blocked',
    check: async (world) => {
      const resolve = () => Promise.resolve(at('8.8.8.8', '192.168.0.1'));
      expect(await world.attempt('http://mixed.example/', { resolve })).toMatchObject(blocked);
    },
  },
  {
    row: 11,
    input: 'an address that flips after it was checked',
    expected: 'resolved once for a connection; only vetted addresses are connected to',
    check: async (world) => {
      const receiver = await world.receiver(() => ({}));
      const answers = [at('127.0.0.1'), at('127.0.0.2')];
      let asked = 0;
      const resolve = () => Promise.resolve(answers[(asked += 1) - 1] ?? at('127.0.0.2'));
      const url = `http://rebind.example:${receiver.port}/`;
      expect(await world.attempt(url, { resolve })).toMatchObject({ status: 200 });
      expect(asked).toBe(1);
      expect(await world.attempt(url, { resolve })).toMatchObject(blocked);
      expect(receiver.requests).toHaveLength(1);
    },
  },
  {
    row: 12,
    input: 'a good A record, and AAAA ::1',
    expected: 'blocked: ::1 is never used',
    check: async (world) => {
      const resolve = () => Promise.resolve(at('127.0.0.1', '::1'));
      expect(await world.attempt('http://half.example/', { resolve })).toMatchObject(blocked);
    },
  },
  {
    row: 13,
    input: 'CNAME to an internal name, NXDOMAIN, SERVFAIL, DNS that takes 30 s',
    expected: 'blocked; dns, to be tried again; cut at the deadline',
    check: async (world) => {
      const inside = () => Promise.resolve(at('172.16.3.4'));
      expect(await world.attempt('http://cname.example/', { resolve: inside })).toMatchObject(blocked);
      for (const code of ['ENOTFOUND', 'ESERVFAIL']) {
        const resolve = () => Promise.reject(Object.assign(new Error(code), { code }));
        expect(await world.attempt('http://none.example/', { resolve })).toMatchObject({ errorClass: 'dns' });
      }
      const resolve = () => new Promise<Addresses>(() => {});
      const slow = await world.attempt('http://slow.example/', { resolve, timeoutMs: 200 });
      expect(slow).toMatchObject({ errorClass: 'timeout' });
      expect(slow.durationMs).toBeLessThan(1_000);
    },
  },
  {
    row: 14,
    input: '301, 302, 307, 308',
    expected: 'a failure, not followed; Location is kept as text',
    check: async (world) => {
      const location = 'http://169.254.169.254/';
      for (const status of [301, 302, 307, 308]) {
        const receiver = await world.receiver(() => ({ status, headers: { Location: location } }));
        const report = await world.attempt(receiver.url);
        expect(report).toMatchObject({ status, responseHeaders: { location } });
        expect(receiver.requests).toHaveLength(1);
      }
    },
  },
  {
    row: 15,
    input: 'a redirect to itself',
    expected: 'one request only',
    check: async (world) => {
      const receiver = await world.receiver(() => ({ status: 302, headers: { Location: '/' } }));
      await world.attempt(receiver.url);
      expect(receiver.requests).toHaveLength(1);
    },
  },
  {
    row: 21,
    input: 'our own URL',
    expected: '422; a delivery that is published again and again ends',
    check: async (world) => {
      const own = [
        'https://api.example.org/api/v1/events',
        'https://eu.hooks.example.org/',
        'https://198.41.0.4/',
      ];
      await world.urlsRefused(own, 'host|address');
      await world.urlsRefused([`${world.strict.urlFor('POST', '/events')}/api/v1/events`], 'scheme');
      const { key } = await world.tenantOf(world.open, 'standard-webhooks');
      const event = JSON.stringify({ type: 'a.b', data: {} });
      expect(await world.publishRaw(key, event, { 'x-hyperhook-hop': '3' })).toMatchObject({ status: 202 });
      expect(await world.publishRaw(key, event, { 'x-hyperhook-hop': '4' })).toEqual({
        status: 422,
        code: 'loop_detected',
      });
    },
  },
  {
    row: 22,
    input: 'two endpoints that feed each other',
    expected: 'the circle ends after four deliveries',
    check: async (world) => {
      const { key } = await world.newTenant();
      const seen: string[] = [];
      const refused: number[] = [];
      const feeder = async (type: string) =>
        world.receiver(async ({ headers }) => {
          seen.push(`${type} ${headers['X-Hyperhook-Hop']}`);
          const hop = { 'x-hyperhook-hop': headers['X-Hyperhook-Hop'] ?? '' };
          const { status } = await world.publishRaw(key, JSON.stringify({ type, data: {} }), hop);
          if (status !== 202) refused.push(status);
          return {};
        });
      const [one, two] = [await feeder('to.two'), await feeder('to.one')];
      await world.webhook(key, one.url, { events: ['to.one'] });
      await world.webhook(key, two.url, { events: ['to.two'] });
      await world.publish(key, { type: 'to.one' });
      await eventually(() => expect(refused).toEqual([422]), 20_000);
      expect(seen).toEqual(['to.two 1', 'to.one 2', 'to.two 3', 'to.one 4']);
    },
  },
  {
    row: 34,
    input: 'certificates that are expired, self-signed, for another host, signed with SHA-1',
    expected: 'failure `tls`. (Nobody looks up whether one was revoked.)',
    check: async (world) => {
      const [ca, other] = await Promise.all([createThrowAwayCa(), createThrowAwayCa()]);
      const bad = [
        await ca.issue({ notBefore: new Date('2020-01-01'), notAfter: new Date('2020-02-01') }),
        await other.issue(),
        await ca.issue({ hosts: ['other.example'] }),
      ];
      for (const tls of bad) {
        const receiver = await startReceiver({ tls });
        const report = await world.attempt(`https://127.0.0.1:${receiver.port}/`, { extraCa: ca.ca });
        await receiver.close();
        expect(report).toMatchObject({ errorClass: 'tls', status: null });
      }
      // A server of today would not load it.
      const weak = { ...(await ca.issue({ hash: 'SHA-1' })), ciphers: 'DEFAULT@SECLEVEL=0' };
      const server = createServer(weak, (socket) => socket.on('error', () => undefined));
      server.on('tlsClientError', () => undefined);
      server.listen(0, '127.0.0.1');
      await once(server, 'listening');
      const { port } = server.address() as { port: number };
      const shaOne = await world.attempt(`https://127.0.0.1:${port}/`, { extraCa: ca.ca });
      server.close();
      const message = expect.stringContaining('too weak');
      expect(shaOne).toMatchObject({ errorClass: 'tls', status: null, message });
      const receiver = await startReceiver({ tls: await ca.issue() });
      const good = await world.attempt(`https://127.0.0.1:${receiver.port}/`, { extraCa: ca.ca });
      await receiver.close();
      expect(good).toMatchObject({ status: 200 });
    },
  },
  {
    row: 35,
    input: 'TLS 1.0 only',
    expected: 'failure',
    check: async (world) => {
      const ca = await createThrowAwayCa();
      const server = createServer({
        ...(await ca.issue()),
        minVersion: 'TLSv1',
        maxVersion: 'TLSv1',
        ciphers: 'DEFAULT@SECLEVEL=0',
      });
      server.on('tlsClientError', () => undefined);
      server.listen(0, '127.0.0.1');
      await once(server, 'listening');
      const { port } = server.address() as { port: number };
      const report = await world.attempt(`https://127.0.0.1:${port}/`, { extraCa: ca.ca });
      server.close();
      expect(report).toMatchObject({ errorClass: 'tls', status: null });
    },
  },
];
