import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import type { Plugin } from 'vite';

const bff = process.env['BFF_URL'] ?? 'http://localhost:8080';

const NO_JSON_SCHEMA = `
const no = () => { throw new Error('JSON Schema was left out of this build'); };
export const initializeContext = no, handleUnrepresentable = no, processSchema = no, process = no;
export const extractDefs = no, finalize = no;
export const createToJSONSchemaMethod = () => no, createStandardJSONSchemaMethod = () => no;
`;

/**
 * Leaves out what of zod this page can't use. Parsers compiled with eval: the content security policy forbids them,
 * and asking whether they are allowed is a violation already. JSON Schema descriptions: every schema method reaches
 * them, so they can't be shaken off. A string's format methods (`z.string().email()`), which bring every format along
 * and which zod itself replaced by `z.email()` and its like. Together 9 kB gzip of the first load. Where zod is written
 * otherwise one day this finds nothing to do, and the size gate says so.
 */
const smallerZod: Plugin = {
  name: 'smaller-zod',
  apply: 'build',
  load: {
    filter: { id: /zod\/v4\/core\/to-json-schema\.js$/ },
    handler: () => NO_JSON_SCHEMA,
  },
  transform: {
    filter: { id: /zod\/v4\/(classic|core)\/schemas\.js$/ },
    handler: (code) => ({
      code: code
        .replaceAll(/inst\._zod\.processJSONSchema = .*;$/gm, '')
        .replaceAll(
          /^ {4}\w+\(params\) \{\s+return this\.check\(core\._\w+\(Zod\w+, params\)\);\s+\},$/gm,
          '',
        )
        .replace('const jit = !core.globalConfig.jitless;', 'const jit = false;'),
      map: null,
    }),
  },
};

export default defineConfig({
  plugins: [react(), tailwindcss(), smallerZod],
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
              test: /node_modules\/(react|react-dom|scheduler|zod|use-sync-external-store|@tanstack\/(react-router|router-core|history|query-core|react-query|store|react-store))\//,
            },
            // Small pieces nearly every page uses: apart they compress worse than together.
            {
              name: 'common',
              test: /web\/src\/(lib\/(?!curl|save-file|text-filter)|api\/(http|keys|query-view|session|upstreams|overview|connection)\.|router\/|ui\/(button|page|place|popover|states|state-glyph|state-visual|time|tooltip|panel)\.)|shared\/src\/(common|errors|paths|session|environment|topology|telemetry|activity)\.|lucide-react\/dist\/esm\/(Icon|createLucideIcon|context|default|shared)/,
            },
          ],
        },
      },
    },
  },
  worker: { format: 'es' },
  server: { host: '127.0.0.1', proxy: { '/api': { target: bff, changeOrigin: false } } },
});
