import type { CycleNotification } from '@cyclorama/shared/notifications.ts';

import { matchesText } from '../../lib/text-filter.ts';

export const aboutOf = ({ topic }: Pick<CycleNotification, 'topic'>): string =>
  topic.split('.', 1)[0] ?? topic;

/** What they are about, in alphabetical order. */
export function abouts(notifications: readonly CycleNotification[]): string[] {
  return [...new Set(notifications.map(aboutOf))].toSorted();
}

/** Newest first. */
export function shownRows(
  notifications: readonly CycleNotification[],
  { q, about }: { q?: string | undefined; about?: string | undefined },
): CycleNotification[] {
  return notifications
    .filter((each) => about === undefined || aboutOf(each) === about)
    .filter(({ topic, objectId, state }) => matchesText(q, [topic, objectId, state]))
    .toReversed();
}
