import { ApiError } from '../http/reply.ts';
import type { Job } from '../world/job.ts';
import { timeIn } from './time-in.ts';

const DEFAULT_PAGE_SIZE = 20;
const MAX_PAGE_SIZE = 100;

const SORT_KEYS: Record<string, (job: Job) => number | string> = {
  id: (job) => job.id,
  caption: (job) => job.caption,
  state: (job) => job.state,
  schedule: (job) => job.scheduledFor,
  'events.queued': (job) => job.queuedAt,
  'events.started': (job) => job.startedAt ?? 0,
  'events.completed': (job) => job.completedAt ?? 0,
};

export function selectJobs(jobs: Job[], query: URLSearchParams): Job[] {
  return page(sort(filter(jobs, query), query.get('sort') ?? '-events.queued'), query);
}

function filter(jobs: Job[], query: URLSearchParams): Job[] {
  const states = query.get('filter[state]')?.split(',').filter(Boolean);
  const search = query.get('filter[search]')?.toLowerCase();
  const [from, to] = [timeIn(query, 'filter[range-start]'), timeIn(query, 'filter[range-end]')];
  return jobs.filter(
    (job) =>
      (!states?.length || states.includes(job.state)) &&
      (!search || job.caption.toLowerCase().includes(search) || job.id === search) &&
      (from === undefined || job.queuedAt >= from) &&
      (to === undefined || job.queuedAt <= to),
  );
}

function sort(jobs: Job[], order: string): Job[] {
  const keys = order.split(',').map((part) => {
    const name = part.replace(/^-/, '');
    const value = SORT_KEYS[name];
    if (!value)
      throw new ApiError(
        422,
        '422.invalid-argument',
        `sort: expected ${Object.keys(SORT_KEYS).join(', ')}`,
        'sort',
      );
    return { value, sign: part.startsWith('-') ? -1 : 1 };
  });
  return [...jobs].sort((a, b) => {
    for (const { value, sign } of keys) {
      const [left, right] = [value(a), value(b)];
      if (left !== right) return left < right ? -sign : sign;
    }
    return 0;
  });
}

export function page<T>(all: T[], query: URLSearchParams): T[] {
  const number = positive(query, 'page[number]', 1);
  const size = Math.min(MAX_PAGE_SIZE, positive(query, 'page[size]', DEFAULT_PAGE_SIZE));
  return all.slice((number - 1) * size, number * size);
}

function positive(query: URLSearchParams, name: string, fallback: number): number {
  const text = query.get(name);
  if (text === null) return fallback;
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1)
    throw new ApiError(422, '422.invalid-argument', `${name}: expected a whole number from 1`, name);
  return value;
}
