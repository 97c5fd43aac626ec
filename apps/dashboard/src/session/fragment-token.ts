/**
 * A credential comes in the fragment (`/ui/portal#token=…`), which browsers send to no server, and is taken out of the address before
 * anything else happens: neither the history nor a copied link holds it.
 */
export function takeFragmentToken(fragment: string): {
  readonly token: string | undefined;
  readonly rest: string;
} {
  const fields = new URLSearchParams(fragment.replace(/^#/, ''));
  const token = fields.get('token')?.trim();
  fields.delete('token');
  const rest = fields.toString();
  return { token: token === '' ? undefined : token, rest: rest === '' ? '' : `#${rest}` };
}
