import { Suspense, lazy } from 'react';

import { AppLayout } from '../layouts/AppLayout.tsx';

// Fetched beside the first page, which doesn't wait for it.
const BookingFollower = lazy(() =>
  import('../features/robots/bookings/BookingFollower.tsx').then((module) => ({
    default: module.BookingFollower,
  })),
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
