/** One booking, from its request to its end. */
export function BookingPage() {
  return <h1>Booking</h1>;
}
