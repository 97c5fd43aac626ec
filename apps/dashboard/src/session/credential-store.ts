import { takeFragmentToken } from './fragment-token.ts';

const NAME = 'hyperhook.credential';

/** Where the credential is between loads of the page: this tab only, gone when it closes. */
export const credentialStore = {
  read(): string | null {
    return sessionStorage.getItem(NAME);
  },
  write(credential: string): void {
    sessionStorage.setItem(NAME, credential);
  },
  clear(): void {
    sessionStorage.removeItem(NAME);
  },
};

/** Call it before the router reads the address, and when the fragment changes. Gives what it took. */
export function takeCredentialFromAddress(): string | undefined {
  const { token, rest } = takeFragmentToken(window.location.hash);
  if (token === undefined) return undefined;
  credentialStore.write(token);
  const { pathname, search } = window.location;
  window.history.replaceState(window.history.state, '', `${pathname}${search}${rest}`);
  return token;
}
