import { Suspense } from 'react';

import { AppLayout } from '../layouts/AppLayout.tsx';
import { lazyPart } from '../ui/lazy-part.ts';

// Loaded after the first page, which doesn't wait for it.
const BookingFollower = lazyPart(
  () => import('../features/robots/bookings/components/BookingFollower.tsx'),
  'BookingFollower',
);

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
