import type { ActivityEntry } from '@cyclorama/shared/activity.ts';
import type { Role } from '@cyclorama/shared/common.ts';
import type { Job, JobsResponse } from '@cyclorama/shared/jobs.ts';
import type { ObjectEvent } from '@cyclorama/shared/object-events.ts';
import type { TimelineItem, TimelinePage, TimelineQuery } from '@cyclorama/shared/timeline.ts';
import type { Kysely } from 'kysely';

import { isoOf } from '../../lib/clock.ts';
import type { ActivityRow } from '../../store/activity-chain.ts';
import type { ObjectEventRow } from '../../store/object-events.ts';
import type { Database } from '../../store/schema.ts';
import { timelineActions, timelineEvents } from '../../store/timeline.ts';
import type { TimelineFilter } from '../../store/timeline.ts';
import { jobAt, matchesJob } from './jobs.rules.ts';

export type TimelineDeps = {
  db: Kysely<Database>;
  presentActivity: (row: ActivityRow, reader: Role) => ActivityEntry;
  presentEvent: (row: ObjectEventRow) => ObjectEvent;
  jobs: { list(): Promise<JobsResponse> };
};

/** Where a page begins: by time, then source, then id, each descending but for the source. */
type Place = { at: number; source: number; id: string };
type Placed = Place & { item: TimelineItem };

const ACTION = 0;
const EVENT = 1;
const JOB = 2;
const LAST_ID = Number.MAX_SAFE_INTEGER;

const isAfter = (a: Place, b: Place): boolean => inOrder(a, b) > 0;

function inOrder(a: Place, b: Place): number {
  if (a.at !== b.at) return b.at - a.at;
  if (a.source !== b.source) return a.source - b.source;
  if (a.source === JOB) return a.id < b.id ? 1 : a.id > b.id ? -1 : 0;
  return Number(b.id) - Number(a.id);
}

function placeOf(before: string): Place {
  const [at = '', source = '', id = ''] = before.split('.');
  return { at: Number(at), source: Number(source), id };
}

/** As the store understands it: which ids of this source come after the place, at its very time. */
function beforeOf(place: Place | null, source: number): Pick<TimelineFilter, 'before'> {
  if (place === null) return {};
  const { at } = place;
  if (place.source === source) return { before: { at, id: Number(place.id) } };
  return { before: { at, id: place.source < source ? LAST_ID : 0 } };
}

/** Merges what people did, what happened to objects, and Cycle's jobs; each is read only as far as the page goes. */
export function createTimelineService({ db, presentActivity, presentEvent, jobs }: TimelineDeps) {
  const placedJobs = async (query: TimelineQuery, place: Place | null) => {
    if (query.actor !== undefined || (query.kind !== undefined && query.kind !== 'job'))
      return { placed: [], fault: null };
    const { freshness, jobs: all } = await jobs.list();
    const isFailing = freshness.state === 'stale' || freshness.state === 'unavailable';
    const placed = all.flatMap((job: Job): Placed[] => {
      const at = jobAt(job);
      if (at === null || !matchesJob(job, at, query)) return [];
      const of = { at, source: JOB, id: job.id };
      return place !== null && !isAfter(of, place)
        ? []
        : [{ ...of, item: { source: 'job', at: isoOf(at), job } }];
    });
    return { placed, fault: isFailing ? (freshness.reason ?? 'Cycle’s jobs can’t be read now.') : null };
  };

  return {
    async page(query: TimelineQuery, reader: Role): Promise<TimelinePage> {
      const { before, from, to, limit, ...filter } = query;
      const place = before === undefined ? null : placeOf(before);
      const asked: TimelineFilter = {
        ...filter,
        ...(from !== undefined && { from: Date.parse(from) }),
        ...(to !== undefined && { to: Date.parse(to) }),
        limit: limit + 1,
      };
      const [actions, events, { placed, fault }] = await Promise.all([
        timelineActions(db, { ...asked, ...beforeOf(place, ACTION) }),
        timelineEvents(db, { ...asked, ...beforeOf(place, EVENT) }),
        placedJobs(query, place),
      ]);
      const all: Placed[] = [
        ...actions.map(({ began, ...row }): Placed => {
          const told = { began: began === null ? null : isoOf(began), entry: presentActivity(row, reader) };
          return {
            at: row.at,
            source: ACTION,
            id: String(row.id),
            item: { source: 'action', at: isoOf(row.at), ...told },
          };
        }),
        ...events.map((row): Placed => {
          const item = { source: 'event', at: isoOf(row.at), event: presentEvent(row) } as const;
          return { at: row.at, source: EVENT, id: String(row.id), item };
        }),
        ...placed,
      ].toSorted(inOrder);
      const shown = all.slice(0, limit);
      const last = shown.at(-1);
      const next = all.length > limit && last !== undefined ? `${last.at}.${last.source}.${last.id}` : null;
      return { items: shown.map(({ item }) => item), next, jobsFault: fault };
    },
  };
}
