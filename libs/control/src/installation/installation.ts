import { Rejected } from '#domain';
import type { ControlWriter } from '../commands/control-writer.ts';
import type { FollowedControl } from '../table/followed-control.ts';

/** What was decided when the installation was created, and may not be decided otherwise later (R15). */
export interface InstallationWish {
  readonly partitions: number;
  readonly timeScale: number;
}

export class InstallationMismatch extends Error {
  override readonly name = 'InstallationMismatch';
}

/** Creates the installation on an empty log, or checks that the one there was created with the same numbers. */
export async function ensureInstallation(
  control: FollowedControl,
  writer: ControlWriter,
  wish: InstallationWish,
  now: number,
): Promise<'created' | 'found'> {
  if (control.table.installation === undefined && (await create(control, writer, wish, now)))
    return 'created';
  const found = control.table.installation ?? wish;
  const differing = (['partitions', 'timeScale'] as const).filter((name) => found[name] !== wish[name]);
  if (differing.length > 0) throw installationMismatch(found, wish, differing);
  return 'found';
}

/** False: another process, with settings that may differ, was faster. */
async function create(
  control: FollowedControl,
  writer: ControlWriter,
  wish: InstallationWish,
  now: number,
): Promise<boolean> {
  const { partitions, timeScale } = wish;
  try {
    await writer.fact({ type: 'installation.created', partitions, timeScale, at: now }, 'installation');
    return true;
  } catch (error) {
    if (error instanceof Rejected && control.table.installation !== undefined) return false;
    throw error;
  }
}

const settingOf = { partitions: 'HYPERHOOK_PARTITIONS', timeScale: 'HYPERHOOK_TIME_SCALE' } as const;

export function installationMismatch(
  found: InstallationWish,
  wish: InstallationWish,
  differing: readonly (keyof InstallationWish)[],
): InstallationMismatch {
  const list = differing
    .map((name) => `${settingOf[name]}=${found[name]} (asked for now: ${wish[name]})`)
    .join(', ');
  return new InstallationMismatch(
    `this installation was created with ${list}; start it with the same settings, or choose another place for a new one`,
  );
}
