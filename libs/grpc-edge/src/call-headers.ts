import { Metadata } from '@grpc/grpc-js';
import { CONTROL_POSITION_HEADER } from '#http-edge';

/** For root keys: the tenant to act for, as `?tenant=` in REST. */
export const TENANT_KEY = 'hyperhook-tenant';

/** What a caller says of itself, in the metadata of a call; a name that was sent twice is joined, as HTTP does. */
export interface CallHeaders {
  readonly authorization: string | undefined;
  readonly [CONTROL_POSITION_HEADER]: string | undefined;
  readonly [TENANT_KEY]: string | undefined;
}

export function headersOf(metadata: Metadata): CallHeaders {
  const text = (key: string): string | undefined => {
    const values = metadata.get(key);
    return values.length === 0 ? undefined : values.join(', ');
  };
  return {
    authorization: text('authorization'),
    [CONTROL_POSITION_HEADER]: text(CONTROL_POSITION_HEADER),
    [TENANT_KEY]: text(TENANT_KEY),
  };
}

/** Metadata of an answer: who echoes it is served by a table that has passed this position (R20). */
export function positionMetadata(position: number): Metadata {
  const metadata = new Metadata();
  metadata.set(CONTROL_POSITION_HEADER, String(position));
  return metadata;
}
