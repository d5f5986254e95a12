import type { SampleRow } from '../../store/telemetry/head.ts';

export const sampleRow = (over: Partial<SampleRow> = {}): SampleRow => ({
  instance_id: 'i1',
  at: 0,
  cpu: 0,
  throttled: 0,
  memory: 1_073_741_824,
  memory_limit: null,
  receive: 0.5,
  transmit: 12_345.678,
  processes: 4,
  swap: 0,
  cache: 4_096,
  memory_limit_hits: 0,
  receive_private: 0.5,
  transmit_private: 12_345.678,
  receive_public: null,
  transmit_public: null,
  network_errors: 0,
  network_drops: 0.25,
  ...over,
});
