import { UpstreamError } from '../../lib/errors.ts';
import type { CycleClient } from './client.ts';

/** @throws UpstreamError `unconfigured` where no token is set. */
export function configured(client: CycleClient | null): CycleClient {
  if (client !== null) return client;
  throw new UpstreamError('cycle', 'unconfigured', 'Cycle is not set up: CYCLE_API_TOKEN is not set.');
}
