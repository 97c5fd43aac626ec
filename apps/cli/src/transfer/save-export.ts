import { createHash } from 'node:crypto';
import { open, rename, rm } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import type { ReadableStream } from 'node:stream/web';

export interface ExportCounts {
  readonly tenants: number;
  readonly keys: number;
  readonly webhooks: number;
}

/** Passes the lines of an export on, and checks that the last one came and counts those before it. */
export async function passExport(
  response: Response,
  write: (line: string) => unknown,
): Promise<ExportCounts> {
  const body = Readable.fromWeb(response.body as ReadableStream<Uint8Array>);
  let lines = 0;
  let last = '';
  for await (const line of createInterface({ input: body, crlfDelay: Infinity })) {
    await write(`${line}\n`);
    lines += 1;
    last = line;
  }
  const end = (last === '' ? {} : JSON.parse(last)) as Partial<ExportCounts> & { readonly kind?: unknown };
  const { tenants = 0, keys = 0, webhooks = 0 } = end;
  if (end.kind !== 'end' || tenants + keys + webhooks !== lines - 1) {
    throw new Error(`the export was cut short after ${lines} lines; run it again`);
  }
  return { tenants, keys, webhooks };
}

export function saveExport(response: Response, file: string): Promise<ExportCounts> {
  return saveWhole(file, (write) => passExport(response, write));
}

/** Gives the number of records. The checksum is looked at too: the file may be needed when nothing else is left. */
export function saveBackup(response: Response, file: string): Promise<number> {
  return saveWhole(file, async (write) => {
    const text = await response.text();
    const at = text.lastIndexOf('\n', text.length - 2) + 1;
    const end = JSON.parse(text.slice(at) || '{}') as { readonly records?: number; readonly sha256?: string };
    if (end.sha256 !== createHash('sha256').update(text.slice(0, at)).digest('hex')) {
      throw new Error('the backup was cut short or damaged on its way; run it again');
    }
    await write(text);
    return end.records ?? 0;
  });
}

/** Only what is whole gets the file's name; nobody else may read it, because it holds what customers keep secret. */
async function saveWhole<T>(
  file: string,
  fill: (write: (text: string) => Promise<unknown>) => Promise<T>,
): Promise<T> {
  const part = `${file}.part`;
  // A file that is there keeps its mode: another one is made.
  await rm(part, { force: true });
  const handle = await open(part, 'wx', 0o600);
  try {
    const result = await fill((text) => handle.write(text));
    await handle.sync();
    await handle.close();
    await rename(part, file);
    return result;
  } catch (error) {
    await handle.close().catch(() => undefined);
    await rm(part, { force: true });
    throw error;
  }
}
