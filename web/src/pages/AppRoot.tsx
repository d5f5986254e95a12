import { BookingFollower } from '../features/robots/bookings/components/BookingFollower.tsx';
import { AppLayout } from '../layouts/AppLayout.tsx';

export function AppRoot() {
  return <AppLayout companions={<BookingFollower />} />;
}
