import { readFile } from 'node:fs/promises';
import { createHttpSender, type EgressGuard, type Sender } from '#webhook-http';

/** The sender of attempts, as the settings say. */
export async function senderOf(
  { extraCaFile }: { readonly extraCaFile: string | null },
  egress: EgressGuard,
): Promise<Sender & { close(): Promise<void> }> {
  return createHttpSender({
    egress,
    userAgent: 'Hyperhook/0.1',
    extraCa: extraCaFile === null ? [] : [await readFile(extraCaFile, 'utf8')],
  });
}
