export const verifyStrings = {
  about: (what: string) =>
    `A whole program that checks this very request, with nothing but the language itself. Run it with ${what}; it says “genuine”, or “NOT genuine”. The function in it is what your server needs.`,
  secret: 'the signing secret in WEBHOOK_SECRET',
  publicKey: 'the public key in PUBLIC_KEY',
  tenantSecret: 'The secret is that of your app (JWT secret).',
  languages: { node: 'Node.js', python: 'Python', go: 'Go' },
  what: 'program',
  noPython:
    'Python’s own library knows no Ed25519. The package “cryptography” does: Ed25519PublicKey.from_public_bytes(…).verify(signature, content).',
  unsigned: 'This request was not signed: the endpoint had no secret then.',
};
