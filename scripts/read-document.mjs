/**
 * The OpenAPI document out of the sources as they are. It follows from decorators, which Node's type stripping does not
 * know: the controllers are compiled as they are imported.
 */
import { readFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { fileURLToPath } from 'node:url';
import { transformSync } from '@swc/core';
import 'reflect-metadata';

const compiled = (url) =>
  transformSync(readFileSync(fileURLToPath(url), 'utf8'), {
    filename: fileURLToPath(url),
    jsc: {
      parser: { syntax: 'typescript', decorators: true },
      transform: { legacyDecorator: true, decoratorMetadata: true },
      target: 'es2023',
      keepClassNames: true,
    },
    module: { type: 'es6' },
    swcrc: false,
  }).code;

export async function readDocument() {
  const hooks = registerHooks({
    load: (url, context, next) =>
      /\/apps\/admin\/.*\.ts$/.test(url)
        ? { format: 'module', source: compiled(url), shortCircuit: true }
        : next(url, context),
  });
  try {
    const { adminDocument } = await import('../apps/admin/src/openapi/admin-document.ts');
    return adminDocument();
  } finally {
    hooks.deregister();
  }
}
