const ACTIONS: Record<string, string> = {
  'session.sign-in': 'Sign in',
  'session.sign-out': 'Sign out',
  'session.end': 'Session ended',
  'instance.start': 'Start instance',
  'instance.stop': 'Stop instance',
  'instance.state': 'Instance changed state',
  'instance.health': 'Instance changed health',
  'container.state': 'Container changed state',
  'claim.request': 'Claim a function instance',
  'claim.claim': 'Claim a function instance',
  'claim.spawn': 'Spawn a claim',
  'claim.release': 'Release a claim',
  'claim.state': 'Claim changed state',
  'booking.request': 'Book a robot',
  'booking.terminate': 'Terminate a booking',
  'booking.cancel': 'Leave the queue',
  'booking.state': 'Booking changed state',
  'upstream.state': 'Upstream changed state',
};

/** A dotted verb in words; one this table doesn't know is shown with its dots and dashes turned into spaces. */
export function actionWords(action: string): string {
  const known = ACTIONS[action];
  if (known !== undefined) return known;
  const text = action.replaceAll(/[._-]+/g, ' ').trim();
  return text === '' ? 'Something' : text.charAt(0).toUpperCase() + text.slice(1);
}
