import { ensureRootKey, hashApiKey, hasRootKey, type ControlWriter, type FollowedControl } from '#control';
import { ConfigError } from '#platform';

/**
 * An installation without a root key can be administered by nobody: the first start is given one. Its id follows from its
 * text, so that several copies that start together make one key.
 */
export async function ensureFirstKey(
  control: FollowedControl,
  writer: ControlWriter,
  given: string | null,
  now: number,
): Promise<void> {
  if (hasRootKey(control)) return;
  if (given === null) {
    throw new ConfigError([
      'HYPERHOOK_ROOT_KEY: this installation has no root key yet, and needs one to be administered by; give at least 24 characters, e.g. hh_root_$(openssl rand -hex 24)',
    ]);
  }
  const id = `key_${hashApiKey(given).slice(0, 20)}`;
  const keep = () => Promise.resolve('');
  await ensureRootKey(control, writer, { given, random: new Uint8Array(), id, keep }, now);
}
