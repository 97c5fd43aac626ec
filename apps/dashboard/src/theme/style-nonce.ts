import { setNonce } from 'get-nonce';

const PLACEHOLDER = '__CSP_NONCE__';

/** The server writes a new one into index.html for every answer; styles made by script carry it (style-src of the policy). */
export function readStyleNonce(): string {
  const nonce = document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.nonce ?? '';
  const known = nonce === PLACEHOLDER ? '' : nonce;
  // The library below dialogs that locks scrolling asks here.
  if (known !== '') setNonce(known);
  return known;
}
