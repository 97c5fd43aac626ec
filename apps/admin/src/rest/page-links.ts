/**
 * The pages beside this one, as a Link header (RFC 8288): the same call with another cursor. Undefined: the answer is no
 * page, or the only one. `url`: path and query, as asked.
 */
export function pageLinks(url: string, body: unknown): string | undefined {
  if (body === null || typeof body !== 'object' || !('data' in body) || !('next' in body)) return undefined;
  const { next, previous } = body as { readonly next: unknown; readonly previous?: unknown };
  const links = [
    ...(typeof next === 'string' ? [linkTo(url, 'after', next, 'next')] : []),
    ...(typeof previous === 'string' ? [linkTo(url, 'before', previous, 'prev')] : []),
  ];
  return links.length === 0 ? undefined : links.join(', ');
}

function linkTo(url: string, parameter: 'after' | 'before', cursor: string, relation: string): string {
  const [path = '', query] = url.split('?', 2);
  const parameters = new URLSearchParams(query);
  parameters.delete('after');
  parameters.delete('before');
  parameters.set(parameter, cursor);
  return `<${path}?${parameters.toString()}>; rel="${relation}"`;
}
