import type { Booking } from '@cyclorama/shared/robots.ts';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useParams } from '@tanstack/react-router';
import { Suspense, useEffect, useRef, useState } from 'react';

import { onRobotFree } from '../../../../api/robot-free.ts';
import { useSession } from '../../../../api/session.ts';
import { notify } from '../../../../lib/notifications.ts';
import { useServerNow } from '../../../../lib/server-clock.ts';
import { lazyPart } from '../../../../ui/lazy-part.ts';
import { setTitleBadge } from '../../../../ui/title-badge.ts';
import { toast } from '../../../../ui/toast.ts';
import { bookingName, plainName } from '../../names.rules.ts';
import { bookingsQuery } from '../../queries.ts';
import { isBookDialogOpen } from '../book-dialog.store.ts';
import { dueWarnings, newsBetween } from '../follow.rules.ts';
import type { News } from '../follow.rules.ts';
import { handOverNoticesQuery } from '../hand-over.queries.ts';
import { markShown, shownWarnings } from '../shown-warnings.store.ts';

const HandOverNotices = lazyPart(() => import('./HandOverNotices.tsx'), 'HandOverNotices');

/** Text in the tab's title, and the booking or robot it is about. */
type Badge = { subject: string; text: string };

const noBookings: Booking[] = [];
const timeLeft = { 'ten-minutes': 'ten minutes', 'two-minutes': 'two minutes' } as const;

/**
 * Watches the user's bookings on every page: toast, title badge and, where permitted, a notification. Shows what was handed over.
 */
export function BookingFollower() {
  const { user } = useSession();
  const { data } = useQuery(bookingsQuery('open'));
  const [badge, setBadge] = useState<Badge | null>(null);
  const announce = useAnnounce();
  const mine = data?.bookings.filter(({ owner }) => owner === user.name);
  useNews(mine, (one) => {
    announce(one);
    if (one.badge !== null) setBadge({ subject: one.bookingId, text: one.badge });
  });
  useTimeWarnings(mine ?? noBookings);
  useRobotFreeNews(user.name, setBadge);
  useBadge(badge, setBadge);
  const notices = useQuery(handOverNoticesQuery).data?.notices ?? [];
  return <Suspense>{notices.length > 0 && <HandOverNotices notices={notices} />}</Suspense>;
}

function useNews(mine: Booking[] | undefined, onNews: (news: News) => void): void {
  const before = useRef<Booking[]>(noBookings);
  useEffect(() => {
    if (mine === undefined) return;
    // A booking that left the list keeps its last state, so that it isn't reported again when it returns.
    const gone = before.current.filter((old) => mine.every(({ id }) => id !== old.id));
    for (const one of newsBetween(before.current, mine, isBookDialogOpen())) onNews(one);
    before.current = [...mine, ...gone];
  });
}

function useAnnounce() {
  const navigate = useNavigate();
  return ({ bookingId, kind, title, text }: Omit<News, 'badge'>) => {
    toast[kind](title, text);
    notify(title, text, bookingId, () => {
      void navigate({ to: '/robots/bookings/$bookingId', params: { bookingId } });
    });
  };
}

function useTimeWarnings(mine: readonly Booking[]): void {
  const now = useServerNow();
  const announce = useAnnounce();
  useEffect(() => {
    for (const { key, warning, booking } of dueWarnings(mine, now, shownWarnings())) {
      markShown(key);
      const title = `${bookingName(booking)} ends in less than ${timeLeft[warning]}`;
      announce({
        bookingId: booking.id,
        kind: 'info',
        title,
        text: 'Save your work. It is terminated then.',
      });
    }
  });
}

function useRobotFreeNews(userName: string, setBadge: (badge: Badge) => void): void {
  const navigate = useNavigate();
  useEffect(
    () =>
      onRobotFree(({ deploymentId, robotType, nickname, people }) => {
        if (!people.includes(userName)) return;
        const name = nickname ?? plainName({ id: deploymentId, type: robotType });
        const title = `${name} is free`;
        const text = 'Book it before somebody else does.';
        toast.info(title, text);
        setBadge({ subject: deploymentId, text: `Free: ${name}` });
        notify(title, text, deploymentId, () => {
          void navigate({ to: '/robots/deployments/$deploymentId', params: { deploymentId } });
        });
      }),
    [userName, navigate, setBadge],
  );
}

/** Clears the badge once the page it refers to is open. */
function useBadge(badge: Badge | null, setBadge: (badge: null) => void): void {
  const { bookingId, deploymentId } = useParams({ strict: false });
  const isThere = badge !== null && (badge.subject === bookingId || badge.subject === deploymentId);
  const text = badge?.text ?? null;
  useEffect(() => {
    setTitleBadge(text);
    return () => setTitleBadge(null);
  }, [text]);
  useEffect(() => {
    if (!isThere) return undefined;
    const clearIfSeen = () => {
      if (document.visibilityState === 'visible' && document.hasFocus()) setBadge(null);
    };
    clearIfSeen();
    window.addEventListener('focus', clearIfSeen);
    return () => window.removeEventListener('focus', clearIfSeen);
  }, [isThere, setBadge]);
}
