import { Suspense } from 'react';

import { AppLayout } from '../layouts/AppLayout.tsx';
import { useAfterFirstLook } from '../lib/use-after-first-look.ts';
import { lazyPart } from '../ui/lazy-part.ts';

const BookingFollower = lazyPart(
  () => import('../features/robots/bookings/components/BookingFollower.tsx'),
  'BookingFollower',
);

export function AppRoot() {
  const isFirstLookOver = useAfterFirstLook();
  return <AppLayout companions={<Suspense>{isFirstLookOver && <BookingFollower />}</Suspense>} />;
}
