import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { kafkaJars } from './kafka-jars.ts';

let folder: string;
let path: string;
let fetches: number;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hyperhook-jars-'));
  path = join(folder, 'bin');
  mkdirSync(path);
  fetches = 0;
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A program of Maven's name, in place of one that goes to the network. */
const maven = (script: string) =>
  writeFileSync(join(path, 'mvn'), `#!/bin/sh\nPATH=/usr/bin:/bin\n${script}\n`, { mode: 0o755 });
const fetchJars = () =>
  kafkaJars({ onFetch: () => (fetches += 1) }, join(folder, 'cache'), { ...process.env, PATH: path });

describe("Kafka's jars", () => {
  it('are fetched once, whole, into a folder that nothing else is left in', async () => {
    maven('grep -q "<artifactId>kafka_2.13<" pom.xml && mkdir lib && touch lib/kafka.jar');
    const jars = await fetchJars();
    expect(readdirSync(jars)).toEqual(['kafka.jar']);
    expect(await fetchJars()).toBe(jars);
    expect([fetches, readdirSync(join(folder, 'cache'))]).toEqual([1, ['lib']]);
  });

  it('may be fetched by two at once', async () => {
    maven('mkdir lib && touch lib/kafka.jar');
    await Promise.all([fetchJars(), fetchJars()]);
    expect([fetches, readdirSync(join(folder, 'cache'))]).toEqual([2, ['lib']]);
  });

  it('need Maven, and say where to get it and what to do without', async () => {
    await expect(fetchJars()).rejects.toThrow(/no `mvn` on the PATH\. Install it .* set KAFKA_BROKERS=/);
  });

  it('show what Maven said when it fails, and half of them never count', async () => {
    maven('mkdir lib && touch lib/half.jar && echo "[ERROR] no such artifact" && exit 1');
    await expect(fetchJars()).rejects.toThrow(/could not fetch Kafka [^]*\[ERROR\] no such artifact/);
    expect(readdirSync(join(folder, 'cache'))).toEqual([]);
  });
});
