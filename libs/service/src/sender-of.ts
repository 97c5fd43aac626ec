import { readFile } from 'node:fs/promises';
import { createHttpSender, egressProxyOf, type EgressGuard, type Sender } from '#webhook-http';

/** The sender of attempts, as the settings say. */
export async function senderOf(
  { extraCaFile, egressProxy }: { readonly extraCaFile: string | null; readonly egressProxy: string | null },
  egress: EgressGuard,
): Promise<Sender & { close(): Promise<void> }> {
  return createHttpSender({
    egress,
    userAgent: 'Hyperhook/0.1',
    extraCa: extraCaFile === null ? [] : [await readFile(extraCaFile, 'utf8')],
    ...(egressProxy === null ? {} : { proxy: egressProxyOf(egressProxy) }),
  });
}
