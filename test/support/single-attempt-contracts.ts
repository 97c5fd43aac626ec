import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * Writes two contracts into a folder for HYPERHOOK_CONTRACTS_DIR: deliveries of `once` and of `strict` fail with their
 * first failed attempt, and `strict` disables the endpoint. Bodies hold the event's id.
 */
export async function writeSingleAttemptContracts(folder: string): Promise<string> {
  const path = join(folder, 'contracts');
  await mkdir(path, { recursive: true });
  const shipped = await readFile('libs/contracts/data/standard-webhooks.json', 'utf8');
  const { $schema: _, ...standard } = JSON.parse(shipped);
  for (const [id, exhaustionDisables] of [
    ['once', false],
    ['strict', true],
  ] as const) {
    const contract = {
      ...standard,
      id,
      title: `Tried ${id}`,
      keyPrefix: `${id}_live_`,
      envelope: [{ name: 'id', from: 'event-id' }, ...standard.envelope],
      policy: { ...standard.policy, delays: [], exhaustionDisables },
    };
    await writeFile(join(path, `${id}.json`), JSON.stringify(contract));
  }
  return path;
}
