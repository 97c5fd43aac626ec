export const sessionStrings = {
  title: 'Sign in',
  about: 'Paste a portal token or an API key. It stays in this tab, and is forgotten when the tab closes.',
  label: 'Token or key',
  show: 'Show what is typed',
  submit: 'Sign in',
  empty: 'Paste a token or key first.',
  notSendable: 'A token or key has no spaces and no letters beyond ASCII. Something else was pasted with it.',
  ended: (code: string) =>
    code === 'expired_key'
      ? 'Your access has expired. Open this page again from where you came, or paste a new token or key.'
      : code === 'missing_key'
        ? 'The engine saw no token or key. Something in between may have removed it; please sign in again.'
        : 'The engine does not know this token or key. It may have been revoked, or copied in part.',
  signOut: 'Sign out',
};
