// First: the certificate library reads it while it loads.
import 'reflect-metadata';
import { randomUUID, webcrypto } from 'node:crypto';
import * as x509 from '@peculiar/x509';

const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;
const HOUR_MS = 3_600_000;

/** PEM of a server's certificate and key, as node:https and node:tls take them. */
export interface ServerCertificate {
  readonly cert: string;
  readonly key: string;
}

export interface ThrowAwayCa {
  /** PEM; what a client has to trust. */
  readonly ca: string;
  /** Default: valid for an hour from now, for 127.0.0.1, ::1 and localhost. */
  issue(options?: {
    readonly hosts?: readonly string[];
    readonly notBefore?: Date;
    readonly notAfter?: Date;
    /** Of the authority's signature; default SHA-256. */
    readonly hash?: 'SHA-1' | 'SHA-256';
  }): Promise<ServerCertificate>;
}

/** An authority nobody else trusts, made in memory and forgotten with the test. */
export async function createThrowAwayCa(): Promise<ThrowAwayCa> {
  // A name of its own, or a client that trusts another one would take it for that one with a broken signature.
  const name = `CN=Throw-away authority ${randomUUID()}`;
  const keys = await makeKeys();
  const authority = await x509.X509CertificateGenerator.createSelfSigned({
    serialNumber: '01',
    name,
    notBefore: new Date(Date.now() - HOUR_MS),
    notAfter: new Date(Date.now() + 24 * HOUR_MS),
    signingAlgorithm: algorithm,
    keys,
    extensions: [
      new x509.BasicConstraintsExtension(true, 1, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign, true),
    ],
  });
  let serial = 1;

  return {
    ca: authority.toString('pem'),
    async issue(options = {}) {
      const hosts = options.hosts ?? ['127.0.0.1', '::1', 'localhost'];
      const server = await makeKeys();
      serial += 1;
      const certificate = await x509.X509CertificateGenerator.create({
        serialNumber: serial.toString(16).padStart(2, '0'),
        subject: `CN=${hosts[0] ?? 'nobody'}`,
        issuer: name,
        notBefore: options.notBefore ?? new Date(Date.now() - HOUR_MS),
        notAfter: options.notAfter ?? new Date(Date.now() + HOUR_MS),
        signingAlgorithm: { ...algorithm, hash: options.hash ?? algorithm.hash },
        publicKey: server.publicKey,
        signingKey: keys.privateKey,
        extensions: [
          new x509.SubjectAlternativeNameExtension(
            hosts.map((host) => ({ type: /^[\d.]+$|:/.test(host) ? 'ip' : 'dns', value: host })),
          ),
        ],
      });
      return { cert: certificate.toString('pem'), key: await pemOf(server.privateKey) };
    },
  };
}

async function makeKeys(): Promise<webcrypto.CryptoKeyPair> {
  return webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
}

async function pemOf(key: webcrypto.CryptoKey): Promise<string> {
  const der = Buffer.from(await webcrypto.subtle.exportKey('pkcs8', key)).toString('base64');
  return `-----BEGIN PRIVATE KEY-----\n${der.replaceAll(/(.{64})/g, '$1\n')}\n-----END PRIVATE KEY-----\n`;
}
