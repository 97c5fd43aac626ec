import { createHmac, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import type { ContractName } from '../plan/contract-facts.ts';

/** As the pages tell a customer to verify, written down once more: the engine's own code is what is judged. */
const legacy: Readonly<
  Record<ContractName, { readonly header: string; readonly prefix: string } | undefined>
> = {
  hyperleap: { header: 'x-hyperleap-signature', prefix: 'sha256=' },
  hyperspell: { header: 'x-hyperspell-signature', prefix: '' },
  hypertune: { header: 'x-hypertune-signature', prefix: '' },
  hyprwatch: { header: 'x-hyprwatch-signature', prefix: 'sha256=' },
  'standard-webhooks': undefined,
};

const MARK = 'whsec_';

export interface Signed {
  readonly contract: ContractName;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** Is the request signed with this secret, in every way that it should be? (`webhook-signature` rides beside all contracts.) */
export function isSignedWith(secret: string, { contract, headers, body }: Signed): boolean {
  const own = legacy[contract];
  if (own !== undefined) {
    const mac = createHmac('sha256', Buffer.from(secret, 'utf8')).update(body).digest('hex');
    if (!isEqual(text(headers, own.header), own.prefix + mac)) return false;
  }
  const key = secret.startsWith(MARK)
    ? Buffer.from(secret.slice(MARK.length), 'base64')
    : Buffer.from(secret);
  const mac = createHmac('sha256', key)
    .update(`${text(headers, 'webhook-id')}.${text(headers, 'webhook-timestamp')}.`)
    .update(body)
    .digest('base64');
  return text(headers, 'webhook-signature')
    .split(' ')
    .some((one) => isEqual(one, `v1,${mac}`));
}

function text(headers: IncomingHttpHeaders, name: string): string {
  const value = headers[name];
  return typeof value === 'string' ? value : '';
}

function isEqual(one: string, other: string): boolean {
  return one.length === other.length && timingSafeEqual(Buffer.from(one), Buffer.from(other));
}
