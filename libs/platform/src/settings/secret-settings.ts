import { defineConfig } from '../load-config.ts';

const SECRET_KEYS = 'HYPERHOOK_SECRET_KEYS';
const shape = 'id:base64 of 32 bytes, comma separated, current first';

/** For processes that seal or open signing secrets; each must be given the same. */
export const secretSettings = defineConfig({
  secretKeys: {
    env: SECRET_KEYS,
    kind: 'string',
    secret: true,
    description: `${shape}; e.g. k1:$(openssl rand -base64 32)`,
  },
});

/** Where the keys may also be made and kept. */
export const keptSecretSettings = defineConfig({
  secretKeys: {
    env: SECRET_KEYS,
    kind: 'string',
    default: null,
    secret: true,
    description: `${shape}; standalone makes one where none is given, and keeps it in the data folder`,
  },
});
