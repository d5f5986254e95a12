import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';

import { defineConfig } from 'vitest/config';

/** Generous: on a busy machine a test is slow, not wrong; what must be fast is timed in the test itself. */
const patience = {
  testTimeout: 30_000,
  hookTimeout: 60_000,
  setupFiles: [fileURLToPath(new URL('scripts/lib/patient-waits.ts', import.meta.url))],
};

/** For what is pure or puts back what it changed: files share a worker, as starting one takes longer than they run. */
const together = { isolate: false };

export default defineConfig({
  test: {
    // They wait for servers and sockets more than they work.
    maxWorkers: Math.ceil(availableParallelism() * 1.5),
    projects: [
      {
        test: {
          name: 'scripts',
          root: 'scripts',
          include: ['**/*.test.ts'],
          ...patience,
          testTimeout: 60_000,
        },
      },
      { test: { name: 'shared', root: 'shared', include: ['src/**/*.test.ts'], ...patience, ...together } },
      { test: { name: 'simulator', root: 'server/simulator', include: ['src/**/*.test.ts'], ...patience } },
      { test: { name: 'server', root: 'server', include: ['src/**/*.test.ts'], ...patience } },
      {
        test: {
          name: 'web',
          root: 'web',
          include: ['src/**/*.test.ts'],
          ...patience,
          ...together,
        },
      },
      {
        test: {
          name: 'page',
          root: 'web',
          // A document takes longer to make than most tests to run; a `.test.ts` that needs one says so in its first line.
          include: ['src/**/*.test.tsx'],
          environment: 'jsdom',
          ...patience,
          setupFiles: [...patience.setupFiles, 'src/test-setup.ts'],
        },
      },
    ],
  },
});
