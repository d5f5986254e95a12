import type { UpstreamName } from '@cyclorama/shared/common.ts';
import type { Kysely } from 'kysely';

import type { Config } from '../config.ts';
import type { CarryOut, PutOnRecord, RecordActivity, RecordDetection } from '../lib/activity-note.ts';
import type { Clock } from '../lib/clock.ts';
import type { EventHub } from '../lib/event-hub.ts';
import type { CallOnce } from '../lib/idempotency.ts';
import type { Logger } from '../lib/logger.ts';
import type { Secrets } from '../lib/secret-box.ts';
import type { Commit } from '../store/commit.ts';
import type { Store } from '../store/database.ts';
import type { Leader } from '../store/leader.ts';
import type { ChangeOnRecord, RecordWithin } from '../store/on-record.ts';
import type { Database } from '../store/schema.ts';
import type { CycleClient } from '../upstream/cycle/client.ts';
import type { UpstreamHealth } from '../upstream/health.ts';
import type { Replicas } from './replicas.ts';

export type BaseContext = {
  config: Config;
  /** Our own, as in package.json. */
  version: string;
  /** Seal cookies and stored tokens. */
  secrets: Secrets;
  db: Kysely<Database>;
  commit: Commit;
  storeHealth: Store['health'];
  /** True where no other process can share the store (SQLite). */
  singleProcess: boolean;
  leader: Leader;
  replicas: Replicas;
  hub: EventHub;
  clock: Clock;
  logger: Logger;
  newId: () => string;
};

export type FeatureContext = BaseContext & {
  record: RecordActivity;
  putOnRecord: PutOnRecord;
  carryOut: CarryOut;
  changeOnRecord: ChangeOnRecord;
  recordWithin: RecordWithin;
  recordDetection: RecordDetection;
  callOnce: CallOnce;
  health: Record<UpstreamName, UpstreamHealth>;
  /** Null where no token is configured. */
  cycle: CycleClient | null;
};
