/** Robots to book, and the bookings. */
export function RobotsPage() {
  return <h1>Robots</h1>;
}
