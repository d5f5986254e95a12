import type { Ms } from './schema-columns.ts';

/** Derived from the upstream's counters; null is a gap. */
export type TelemetrySampleTable = {
  instance_id: string;
  at: Ms;
  cpu: number | null;
  throttled: number | null;
  memory: number | null;
  memory_limit: number | null;
  receive: number | null;
  transmit: number | null;
  processes: number | null;
  swap: number | null;
  cache: number | null;
  memory_limit_hits: number | null;
  receive_private: number | null;
  transmit_private: number | null;
  receive_public: number | null;
  transmit_public: number | null;
  network_errors: number | null;
  network_drops: number | null;
};

/** The last raw counters, so that a restart of the BFF loses no interval. */
export type TelemetryCursorTable = {
  instance_id: string;
  container_id: string;
  at: Ms;
  counters: string;
};

/** Points of an instance in a span of time, compressed (telemetry/codec.ts). */
export type TelemetryBlockTable = {
  instance_id: string;
  /** Of the samples themselves 0, of minutes 1, of hours 2 (telemetry/blocks.ts). */
  tier: number;
  start: Ms;
  points: number;
  bytes: number;
  body: Buffer;
};
