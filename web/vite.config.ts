import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

import { adoptedStyles } from './adopted-styles.ts';
import { smallerZod } from './smaller-zod.ts';

const bff = process.env['BFF_URL'] ?? 'http://localhost:8080';

export default defineConfig({
  plugins: [react(), tailwindcss(), smallerZod, adoptedStyles],
  // Relative, so that one build can be served below any path; the server writes absolute ones into the page.
  experimental: {
    renderBuiltUrl: (_file, { hostType }) => (hostType === 'html' ? undefined : { relative: true }),
  },
  build: {
    target: 'es2023',
    manifest: true,
    // The content security policy allows fonts and scripts from 'self' only, so nothing may become a data: URL.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      output: {
        // What every page needs and what seldom changes: one file that stays in the browser's cache over updates.
        codeSplitting: {
          groups: [
            {
              name: 'base',
              priority: 3,
              test: /node_modules\/(react|react-dom|scheduler|zod|use-sync-external-store|@tanstack\/(react-router|router-core|history|query-core|react-query|store|react-store))\/(?!.*(?:infiniteQueryObserver|queriesObserver|useQueries|useInfinite))/,
            },
            // The first look, sign-in and overview, with all it imports: apart these small files compress worse.
            {
              name: 'first',
              priority: 2,
              test: /web\/src\/(main|api\/stream|features\/(environment\/overview\/OverviewPage|sign-in\/SignInPage))\.tsx?$/,
            },
            // What several pages share: one file, since the first one lists by name each that a page may need.
            // Charts and their time range are only on pages, or parts of them, that come later.
            {
              name: 'shared',
              priority: 1,
              minShareCount: 2,
              test: /web\/src\/(ui\/(?!charts\/|time-range\/)|router\/)|lucide-react/,
            },
          ],
        },
      },
    },
  },
  worker: { format: 'es' },
  server: { host: '127.0.0.1', proxy: { '/api': { target: bff, changeOrigin: false } } },
});
