import type { EndpointState } from '#domain';
import { Refused } from '#http-edge';
import type { AdminContext } from './admin-context.ts';

/** The endpoint as the table has it; 404 when it was deleted while its change was being written. */
export function endpointNow(context: Pick<AdminContext, 'control'>, id: string): EndpointState {
  const endpoint = context.control.table.endpoint(id);
  if (endpoint === undefined) throw new Refused('not_found', 'no such webhook');
  return endpoint;
}
