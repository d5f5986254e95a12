import type { Ms } from './schema-columns.ts';

export type CollectorTable = {
  server_id: string;
  /** Who reads it: a collector process, or a dashboard process on the same server. */
  kind: 'collector' | 'dashboard';
  hostname: string | null;
  instance_id: string;
  version: string;
  /** Of its first report. */
  since: Ms;
  /** Of its last report, by our clock. */
  reported_at: Ms;
  /** Of its newest sample. */
  sample_at: Ms | null;
  /** Samples that wait at the collector, and those it lost because its spool was full. */
  waiting: number;
  dropped: number;
  failing_since: Ms | null;
  reason: string | null;
};
