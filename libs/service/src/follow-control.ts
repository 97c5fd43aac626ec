import { randomUUID } from 'node:crypto';
import { ControlWriter, ensureInstallation, FollowedControl, type InstallationWish } from '#control';
import type { Log } from '#log';
import type { Logger } from '#platform';
import { controlLines } from './control-lines.ts';

/** The control table of a process, and its hand to change it. */
export interface Control {
  readonly control: FollowedControl;
  readonly writer: ControlWriter;
}

/**
 * Follows `control` to its end, and creates the installation or checks that it is the one that the settings mean (R15).
 * `onFatal`: the table can no longer be trusted, the process should end.
 */
export async function followControl(
  log: Log,
  wish: InstallationWish,
  { logger, onFatal }: { readonly logger: Logger; readonly onFatal: (error: Error) => void },
): Promise<Control> {
  const control = new FollowedControl();
  await control.start(log, {
    onNewer: (version, offset) =>
      onFatal(new Error(`control offset ${offset} has schema version ${version}: upgrade`)),
    onUnreadable: (reason, offset) => logger.error({ reason, offset }, 'control.unreadable'),
    onError: onFatal,
  });
  try {
    const writer = new ControlWriter(log, control, randomUUID, controlLines(logger));
    await ensureInstallation(control, writer, wish, log.now());
    return { control, writer };
  } catch (error) {
    await control.stop();
    throw error;
  }
}
