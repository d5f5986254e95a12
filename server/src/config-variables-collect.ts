import { z } from 'zod';

import { httpUrls, wholeNumber } from './config-values.ts';

/** Of the process that reads one server, and of the dashboard that takes what it reads. */
export const collectVariables = {
  CYCLORAMA_ROLE: {
    schema: z
      .enum(['dashboard', 'collector'], { error: 'expected dashboard or collector' })
      .default('dashboard'),
    doc: 'What this process is: the `dashboard`, or a `collector` that hands the telemetry of its own server to one.',
    fallback: '`dashboard`',
  },
  COLLECT_SECRET: {
    schema: z.string().min(32, 'expected at least 32 characters').optional(),
    doc: 'What collectors sign their reports with; the same on the dashboard and on each of them, at least 32 characters.',
    fallback: 'no reports are taken',
    secret: true,
  },
  COLLECT_TO: {
    schema: httpUrls.default([]),
    doc: 'Collector: address of the dashboard within the environment, as `http://cyclorama:8080`; several, separated by commas, are tried in turn.',
    fallback: 'needed by a collector',
  },
  COLLECT_SPOOL_MB: {
    schema: wholeNumber('how many megabytes, from 1 to 100000', 1, 100_000).default(64),
    doc: 'Collector: how much of what the dashboard has not yet taken is kept in `DATA_DIR`; beyond that the oldest goes first, and is counted.',
    fallback: '`64`',
  },
} as const;
