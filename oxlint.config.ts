import { readdirSync } from 'node:fs';

import { defineConfig } from 'oxlint';
import type { OxlintOverride } from 'oxlint';

type Ban = { group: string[]; importNames?: string[]; message: string } | { regex: string; message: string };

/** What each folder of `src` may import from there, besides itself. */
type Rooms = Record<string, readonly string[]>;

const serverRooms: Rooms = {
  lib: [],
  store: ['lib'],
  upstream: ['lib'],
  http: ['lib', 'upstream'],
  features: ['lib', 'store', 'upstream', 'http', 'config.ts'],
  collector: ['lib', 'config.ts'],
};
const webRooms: Rooms = {
  lib: [],
  ui: ['lib'],
  api: ['lib', 'ui'],
  router: ['lib', 'ui'],
  features: ['lib', 'ui', 'api', 'router'],
  layouts: ['lib', 'ui', 'api', 'router', 'features'],
  pages: ['lib', 'ui', 'api', 'router', 'features', 'layouts'],
};

const simulator: Ban = {
  group: ['@cyclorama/simulator'],
  message: "production can't fall back to invented data",
};
const express: Ban = {
  group: ['express', 'express-*', 'http-proxy-middleware', 'helmet', 'pino-http'],
  message: 'Express stays in app.ts, http/ and routes.ts',
};
const wire: Ban = { group: ['**/wire.ts'], message: 'vendor shapes stay in upstream/' };
const pages: Ban = {
  group: ['@tanstack/react-router', '@tanstack/react-query'],
  message: 'lib/ and ui/ know no router and no query',
};
const mutation: Ban = {
  group: ['@tanstack/react-query'],
  importNames: ['useMutation'],
  message: 'a change goes through useChange of api/, which sends it once',
};

/** An override replaces what an earlier one said by the same rule, so each place is given all its bans at once. */
function banning(files: string[], patterns: Ban[]): OxlintOverride {
  const excludeFiles = ['**/*.test.ts', '**/*.test.tsx', '**/*.fixture.ts', '**/*.fixture.tsx'];
  return { files, excludeFiles, rules: { 'no-restricted-imports': ['error', { patterns }] } };
}

/** What the room may not import, by how many folders up `src` is, since a pattern sees an import as it is written. */
function arrowsOf(
  src: string,
  rooms: Rooms,
  bansOf: (room: string, file: string) => Ban[],
): OxlintOverride[] {
  const all = readdirSync(new URL(src, import.meta.url), { withFileTypes: true });
  return Object.entries(rooms).flatMap(([room, allowed]) =>
    Array.from({ length: 6 }, (_, depth) => {
      const banned = all.filter(({ name }) => name !== room && !allowed.includes(name));
      const names = banned.map((entry) => (entry.isDirectory() ? `${entry.name}/` : `${entry.name}$`));
      const bans: Ban[] = [
        {
          regex: String.raw`^(\.\./){${depth + 1}}(${names.join('|').replaceAll('.', String.raw`\.`)})`,
          message: `${room}/ may import only ${[...allowed, 'packages and its own files'].join(', ')}`,
        },
      ];
      if (room === 'features' && depth > 0) {
        const message = 'one feature does not know another: what puts them together passes what they need';
        bans.push({ regex: String.raw`^(\.\./){${depth}}[\w-]+/`, message });
      }
      const place = `${src}/${room}/${'*/'.repeat(depth)}`;
      return ['*.ts', '*.tsx', 'routes.ts'].map((file) =>
        banning([place + file], [...bans, ...bansOf(room, file)]),
      );
    }).flat(),
  );
}

export default defineConfig({
  plugins: ['typescript', 'import', 'react', 'jsx-a11y', 'unicorn', 'vitest', 'promise'],
  categories: { correctness: 'error', suspicious: 'warn' },
  ignorePatterns: ['dist', 'coverage', '**/*.mjs'],
  rules: {
    'import/no-cycle': ['error', { ignoreTypes: false }],
    'import/no-unassigned-import': 'off',
    'no-console': 'error',
    'typescript/no-explicit-any': 'error',
    'typescript/no-floating-promises': 'error',
    'typescript/no-misused-promises': 'error',
    'typescript/no-unsafe-type-assertion': 'off',
    'typescript/consistent-type-imports': 'error',
    'react/react-in-jsx-scope': 'off',
    'unicorn/no-array-sort': 'off',
    'unicorn/consistent-function-scoping': 'off',
    'no-shadow': 'off',
    'no-await-in-loop': 'off',
    'vitest/require-mock-type-parameters': 'off',
  },
  overrides: [
    {
      files: ['shared/src/**'],
      excludeFiles: ['**/*.test.ts'],
      rules: {
        'no-restricted-imports': [
          'error',
          {
            patterns: [
              {
                group: ['*', '!zod', '!./*.ts', '!../*.ts'],
                message: 'shared imports only zod and its own files',
              },
            ],
          },
        ],
      },
    },
    {
      files: ['server/simulator/**'],
      rules: {
        'no-restricted-imports': [
          'error',
          {
            patterns: [
              {
                group: ['@cyclorama/*'],
                message: 'the simulator is written apart from the product: its own wire types only',
              },
              {
                group: ['**/server/src/**', '**/shared/src/**'],
                message: 'the simulator may not reach into the product',
              },
            ],
          },
        ],
      },
    },
    banning(['server/src/*.ts'], [simulator, wire, express]),
    banning(['server/src/app.ts'], [simulator, wire]),
    ...arrowsOf('server/src', serverRooms, (room, file) => [
      simulator,
      ...(room === 'upstream' ? [] : [wire]),
      ...(room === 'http' || (room === 'features' && file === 'routes.ts') ? [] : [express]),
    ]),
    ...arrowsOf('web/src', webRooms, (room) => [
      ...(['lib', 'ui'].includes(room) ? [pages] : []),
      ...(room === 'api' ? [] : [mutation]),
    ]),
    { files: ['scripts/**', 'server/simulator/src/cli.ts'], rules: { 'no-console': 'off' } },
    {
      files: ['**/*.test.ts', '**/*.test.tsx', 'e2e/**'],
      rules: { 'typescript/no-unsafe-type-assertion': 'off' },
    },
  ],
});
