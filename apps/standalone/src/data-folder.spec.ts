import { chmod, mkdir, mkdtemp, readFile, rename, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { barrierForPostgres } from '#platform';
import { openDataFolder, type Elsewhere } from './data-folder.ts';

describe('the data folder', () => {
  let home: string;
  let clone: string;
  const nothing: Elsewhere['barrier'] = () => Promise.resolve(undefined);
  const closed: Elsewhere['barrier'] = () => Promise.resolve({ folder: home, account: 'postgres' });
  const open = (barrier: Elsewhere['barrier'], path = join(clone, '.hyperhook')) =>
    openDataFolder(path, { root: join(home, 'var'), barrier });

  beforeEach(async () => {
    home = await mkdtemp(join(tmpdir(), 'hyperhook-folder-'));
    clone = join(home, 'clone');
  });
  afterEach(() => rm(home, { recursive: true, force: true }));

  it('holds the database where nothing is in the way', async () => {
    const folder = await open(nothing);
    expect(folder).toMatchObject({ database: join(clone, '.hyperhook', 'postgres'), away: null });
  });

  it("puts the database elsewhere where PostgreSQL's user cannot enter, and says why", async () => {
    const folder = await open(closed);
    expect(folder.database).toMatch(new RegExp(`^${join(home, 'var')}/[0-9a-f]{16}$`));
    expect(folder.away).toBe(`user "postgres", whom it runs as, cannot enter ${home}`);
    expect((await stat(folder.database)).isDirectory()).toBe(true);
    expect((await open(closed)).database).toBe(folder.database);
  });

  it('gives two clones a database each', async () => {
    const other = join(home, 'other', '.hyperhook');
    expect((await open(closed)).database).not.toBe((await open(closed, other)).database);
  });

  it('finds its database again after the clone was moved, or its way opened', async () => {
    const { database } = await open(closed);
    const moved = join(home, 'moved');
    await rename(clone, moved);
    expect((await open(closed, join(moved, '.hyperhook'))).database).toBe(database);
    expect(await open(nothing, join(moved, '.hyperhook'))).toMatchObject({
      database,
      away: 'it was made there',
    });
  });

  it('keeps a database that is inside already', async () => {
    const { database } = await open(nothing);
    await mkdir(join(database, 'cluster'), { recursive: true });
    expect(await open(closed)).toMatchObject({ database, away: null });
  });

  it('asks the machine: only as root is a closed folder in the way', async () => {
    await mkdir(clone);
    await chmod(home, 0o700);
    const folder = await open(barrierForPostgres);
    const isRoot = process.getuid?.() === 0;
    expect(folder.away === null).toBe(!isRoot);
  });

  it('makes the key that seals secrets once, for nobody else to read', async () => {
    const folder = await open(nothing);
    const keys = await folder.secretKeys();
    expect(keys).toMatch(/^k1:[A-Za-z0-9+/]{43}=$/);
    expect(await (await open(nothing)).secretKeys()).toBe(keys);
    const file = await folder.writeFirstKey('hh_root_x');
    expect(await readFile(file, 'utf8')).toBe('hh_root_x\n');
    for (const secret of [file, join(clone, '.hyperhook', 'secret.key')]) {
      expect((await stat(secret)).mode & 0o777).toBe(0o600);
    }
  });
});
