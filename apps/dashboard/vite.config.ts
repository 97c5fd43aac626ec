import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';
import { compressedCopies } from './compressed-copies.ts';
import { scriptBudget } from './script-budget.ts';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** `npm run build` writes the page to dist/apps/dashboard, from where `admin` and standalone serve it under /ui/. */
export default defineConfig({
  root: here('.'),
  base: '/ui/',
  build: {
    outDir: here('../../dist/apps/dashboard'),
    emptyOutDir: true,
    target: 'es2022',
    // The policy of the page allows no data: scripts, and its browsers all preload modules by themselves.
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    reportCompressedSize: false,
    rolldownOptions: {
      onLog(level, log, tell) {
        // "use client" is for servers that render React; there is none.
        if (log.code !== 'MODULE_LEVEL_DIRECTIVE') tell(level, log);
      },
    },
  },
  plugins: [scriptBudget(300_000), compressedCopies()],
  server: { proxy: { '/api': 'http://127.0.0.1:8080' } },
});
