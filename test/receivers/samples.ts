export type Language = 'node' | 'python';

/** Arguments of a page's verify function, in its order. */
type Order = readonly ('payload' | 'secret' | 'signature')[];

/** How the harness calls what a page shows. */
type Kind =
  | 'express'
  | { readonly header: string; readonly order: Order }
  | { readonly path: string; readonly secretName: string };

export interface Sample {
  readonly provider: string;
  readonly language: Language;
  /** Under pages/: verbatim, with a `.patch` beside it that mends what cannot run at all. */
  readonly file: string;
  readonly kind: Kind;
}

/** Every receiver that the four pages show. */
export const samples: readonly Sample[] = [
  {
    provider: 'hyperspell',
    language: 'python',
    file: 'hyperspell/webhook.py',
    kind: { path: '/webhooks/hyperspell', secretName: 'HYPERSPELL_JWT_SECRET' },
  },
  { provider: 'hypertune', language: 'node', file: 'hypertune/webhook.mjs', kind: 'express' },
  {
    provider: 'hyperleap',
    language: 'node',
    file: 'hyperleap/verify.cjs',
    kind: { header: 'x-hyperleap-signature', order: ['payload', 'secret', 'signature'] },
  },
  {
    provider: 'hyperleap',
    language: 'python',
    file: 'hyperleap/verify.py',
    kind: { header: 'x-hyperleap-signature', order: ['payload', 'secret', 'signature'] },
  },
  {
    provider: 'hyprwatch',
    language: 'node',
    file: 'hyprwatch/verify.cjs',
    kind: { header: 'x-hyprwatch-signature', order: ['payload', 'signature', 'secret'] },
  },
  {
    provider: 'hyprwatch',
    language: 'python',
    file: 'hyprwatch/verify.py',
    kind: { header: 'x-hyprwatch-signature', order: ['payload', 'signature', 'secret'] },
  },
];
