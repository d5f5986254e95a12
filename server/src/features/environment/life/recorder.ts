import { setImmediate as nextTurn } from 'node:timers/promises';

import type { ServerEvent } from '@cyclorama/shared/events.ts';
import type { Kysely } from 'kysely';

import { isoOf } from '../../../lib/clock.ts';
import type { Clock } from '../../../lib/clock.ts';
import type { Logger } from '../../../lib/logger.ts';
import { singleFlight } from '../../../lib/single-flight.ts';
import { endObjectEvent, lastChecks, openObjectEvents } from '../../../store/object-events.ts';
import type { EventEnd, NewObjectEvent } from '../../../store/object-events.ts';
import type { Database } from '../../../store/schema.ts';
import { createObjectEventWriter } from '../../../store/write-object-events.ts';
import type { CycleInstance } from '../../../upstream/cycle/types.ts';
import type { Collector } from '../sync/collector.ts';
import type { KnownChecks, SnapshotChange } from '../sync/snapshot.ts';
import { containerEvents, instanceEvents } from './changes.ts';
import { createInstanceCounts } from './instance-counts.ts';
import { createPartWatch } from './part-watch.ts';
import { createProcesses } from './processes.ts';

const WRITE_MS = 250;
/** Below both engines' limit of parameters, and short enough not to hold the event loop. */
const ROWS_AT_ONCE = 200;
/** While the store can't be written, the oldest are let go beyond this many. */
const MOST_WAITING = 50_000;
/** An event for the page names at most this many objects; beyond, all are to be read again. */
const MOST_NAMED = 200;

export type LifeRecorder = {
  note(event: NewObjectEvent): void;
  end(end: EventEnd): void;
  start(): Promise<void>;
  stop(): Promise<void>;
};

type Deps = {
  collector: Pick<Collector, 'snapshot' | 'complete' | 'onChange' | 'know'>;
  db: Kysely<Database>;
  hub: { publish(event: ServerEvent): void };
  clock: Clock;
  logger: Logger;
};

/** Notes what changes in the environment from now on; the upstream has no history. */
export function createLifeRecorder({ collector, db, hub, clock, logger }: Deps): LifeRecorder {
  const { snapshot } = collector;
  const write = createObjectEventWriter(db);
  let waiting: NewObjectEvent[] = [];
  let ends: EventEnd[] = [];
  /** Instances that were up at some time, so that their next start is a restart. */
  const wasUp = new Set<string>();
  const parts = createPartWatch(snapshot, clock);
  let isWatching = false;
  let writer: NodeJS.Timeout | undefined;
  let unsubscribe: (() => void) | undefined;

  const flush = async (): Promise<void> => {
    while (waiting.length > 0) {
      const rows = waiting.slice(0, ROWS_AT_ONCE);
      await write(rows);
      waiting = waiting.slice(rows.length);
      announce(rows);
      await nextTurn();
    }
    while (ends[0] !== undefined) {
      await endObjectEvent(db, ends[0]);
      ends.shift();
      hub.publish({ type: 'object-events', of: null });
    }
  };
  const writes = singleFlight(flush, (error) => {
    const dropped = Math.max(0, waiting.length - MOST_WAITING);
    waiting = waiting.slice(dropped);
    logger.warn(
      { err: error, waiting: waiting.length, dropped },
      'events of the environment wait for the store',
    );
  });

  const announce = (rows: readonly NewObjectEvent[]): void => {
    const of = new Set(rows.flatMap((row) => [row.object_id, row.container_id ?? []].flat()));
    hub.publish({ type: 'object-events', of: of.size > MOST_NAMED ? null : [...of] });
  };

  const schedule = (): void => {
    writer ??= setTimeout(() => {
      writer = undefined;
      void writes.again();
    }, WRITE_MS);
  };
  const note = (event: NewObjectEvent): void => {
    waiting.push(event);
    schedule();
  };
  const end = (each: EventEnd): void => {
    ends.push(each);
    schedule();
  };

  const rememberUp = ({ id, state }: CycleInstance): void => {
    if (!['new', 'starting'].includes(state.current)) wasUp.add(id);
  };

  const processes = createProcesses({ snapshot, end, clock });
  const counts = createInstanceCounts({ snapshot, processes, note, clock });
  const tell = (event: NewObjectEvent): void => {
    note(event);
    if (event.outcome === 'started') processes.adopt(event);
  };

  const onInstances = (changes: NonNullable<SnapshotChange['instances']>): void => {
    const now = clock.now();
    for (const change of changes) {
      const { before, after } = change;
      const id = after?.id ?? before?.id ?? '';
      if (isWatching) for (const event of instanceEvents(change, { now, wasUp: wasUp.has(id) })) tell(event);
      if (after === null) wasUp.delete(id);
      else rememberUp(after);
    }
    if (isWatching) counts.changed(changes);
  };

  const onContainers = (changes: NonNullable<SnapshotChange['containers']>): void => {
    if (!isWatching) return;
    for (const change of changes) for (const event of containerEvents(change, clock.now())) tell(event);
  };

  const onChange = (change: SnapshotChange | null): void => {
    if (change === null) isWatching ||= collector.complete;
    else if (change.part === 'instances') onInstances(change.instances ?? []);
    else if (change.part === 'containers') onContainers(change.containers ?? []);
    else for (const event of parts.changed(change.part)) note(event);
    if (isWatching) processes.look();
  };

  return {
    note,
    end,
    async start() {
      for (const row of await openObjectEvents(db)) processes.adopt(row);
      collector.know(checksOf(await lastChecks(db)));
      unsubscribe = collector.onChange(onChange);
    },
    async stop() {
      unsubscribe?.();
      clearTimeout(writer);
      counts.stop();
      await writes.again();
    },
  };
}

function checksOf(rows: Awaited<ReturnType<typeof lastChecks>>): KnownChecks {
  const checks = new Map<
    string,
    { health?: { value: string; since: string }; ready?: { value: string; since: string } }
  >();
  for (const { object_id: id, kind, value_after: value, at } of rows) {
    if (value === null) continue;
    const check = { value, since: isoOf(at) };
    checks.set(id, { ...checks.get(id), [kind === 'health' ? 'health' : 'ready']: check });
  }
  return checks;
}
