import { execFile } from 'node:child_process';
import { cp, rename, rm, stat } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { barrierTo, type Account } from './account.ts';
import { EmbeddedPostgresError } from './embedded-postgres-error.ts';

const run = promisify(execFile);

export interface Binaries {
  readonly postgres: string;
  readonly initdb: string;
  /** Major version, which the data must have too. */
  readonly major: string;
}

/**
 * The binaries of the npm package, without its class: that prints, passes the password through a file everybody may
 * read, and takes over the process's exit. Where `account` cannot enter node_modules (below /root, say), it gets a
 * copy in `dataDir`.
 */
export async function findBinaries(dataDir: string, account: Account | null): Promise<Binaries> {
  const native = nativeFolder();
  const version = await versionOf(join(native, 'bin', 'postgres'));
  const usable =
    account !== null && (await barrierTo(join(native, 'bin'), account)) !== undefined
      ? await copied(native, join(dataDir, `postgres-${version}`))
      : native;
  return {
    postgres: join(usable, 'bin', 'postgres'),
    initdb: join(usable, 'bin', 'initdb'),
    major: version.split(/\D/)[0] ?? version,
  };
}

function nativeFolder(): string {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  // Bundled code does not stand where it was written, so the script that was started is asked too.
  for (const from of [import.meta.url, process.argv[1] ?? '']) {
    try {
      // The platform's package belongs to embedded-postgres, so it is looked for from there.
      const parent = createRequire(from).resolve('embedded-postgres');
      return join(dirname(createRequire(parent).resolve(name)), '..', 'native');
    } catch {
      // Not from there; the error below says what to do when it is nowhere.
    }
  }
  throw new EmbeddedPostgresError(
    `There is no PostgreSQL for ${platform}-${process.arch} among the installed packages (${name}); install without ` +
      'omitting optional dependencies, or give the URL of a database of your own.',
  );
}

async function versionOf(postgres: string): Promise<string> {
  try {
    const { stdout } = await run(postgres, ['--version']);
    return /(\d+[\w.]*)\s*$/.exec(stdout)?.[1] ?? 'unknown';
  } catch (error) {
    throw new EmbeddedPostgresError(
      `The PostgreSQL of the installed packages does not run here (${postgres}).`,
      {
        cause: error,
      },
    );
  }
}

/** Complete or absent: copied beside and renamed, so that a copy cut short is never used. */
async function copied(from: string, to: string): Promise<string> {
  if ((await stat(to).catch(() => undefined)) === undefined) {
    await rm(`${to}.part`, { recursive: true, force: true });
    await cp(from, `${to}.part`, { recursive: true, verbatimSymlinks: true });
    await rename(`${to}.part`, to);
  }
  return to;
}
