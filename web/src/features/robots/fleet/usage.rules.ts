import type { UsageResponse } from '@cyclorama/shared/robot-fleet.ts';

export type UsageSpan = 'day' | 'week' | 'month';
export const usageSpans: Record<UsageSpan, { label: string; ms: number }> = {
  day: { label: 'Last 24 hours', ms: 86_400_000 },
  week: { label: 'Last 7 days', ms: 7 * 86_400_000 },
  month: { label: 'Last 30 days', ms: 30 * 86_400_000 },
};

export type PersonUsage = {
  /** Null: unclaimed. */
  owner: string | null;
  bookings: number;
  seconds: number;
  byType: { type: string; seconds: number; bookings: number }[];
};

export function usageByPerson(rows: UsageResponse['rows'], types: readonly string[]): PersonUsage[] {
  const people = new Map<string | null, PersonUsage>();
  for (const { owner, type, bookings, seconds } of rows) {
    const person = people.get(owner) ?? { owner, bookings: 0, seconds: 0, byType: [] };
    people.set(owner, {
      owner,
      bookings: person.bookings + bookings,
      seconds: person.seconds + seconds,
      byType: [...person.byType, { type, seconds, bookings }],
    });
  }
  return [...people.values()]
    .map((person) => ({
      ...person,
      byType: person.byType.toSorted((a, b) => types.indexOf(a.type) - types.indexOf(b.type)),
    }))
    .toSorted((a, b) => b.seconds - a.seconds || (a.owner ?? '').localeCompare(b.owner ?? '', 'en'));
}

/** By name, so that each keeps its colour while figures change. */
export function usageTypes(rows: UsageResponse['rows']): string[] {
  return [...new Set(rows.map(({ type }) => type))].toSorted();
}
