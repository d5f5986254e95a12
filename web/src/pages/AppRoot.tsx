import { Suspense } from 'react';

import { AppLayout } from '../layouts/AppLayout.tsx';
import { lazyPart } from '../ui/lazy-part.ts';

// Fetched beside the first page, which doesn't wait for it.
const BookingFollower = lazyPart(
  () => import('../features/robots/bookings/components/BookingFollower.tsx'),
  'BookingFollower',
);

/** The frame of every page; the user's bookings are followed on all of them. */
export function AppRoot() {
  return (
    <AppLayout
      companions={
        <Suspense>
          <BookingFollower />
        </Suspense>
      }
    />
  );
}
