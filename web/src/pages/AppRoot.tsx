import { Suspense } from 'react';

import { AppLayout } from '../layouts/AppLayout.tsx';
import { lazyPart } from '../ui/lazy-part.ts';

// Fetched beside the first page, which doesn't wait for it.
const BookingFollower = lazyPart(
  () => import('../features/robots/bookings/components/BookingFollower.tsx'),
  'BookingFollower',
);

/** The frame of every page, with what follows one's bookings wherever one is. */
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
