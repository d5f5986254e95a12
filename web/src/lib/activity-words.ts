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
  'claim.cancel': 'Stop waiting for an instance',
  'claim.adopt': 'Adopt an instance',
  'claim.reveal': 'Look at a claim’s token',
  'claim.expire': 'Claim expired',
  'claim.lose': 'Claim lost sight of',
  'claim.end': 'Claim ended',
  'batch.start': 'Start a batch',
  'batch.stop': 'Stop a batch',
  'batch.end': 'Batch ended',
  'token.create': 'Make an access token',
  'token.revoke': 'Delete an access token',
  'booking.request': 'Book a robot',
  'booking.terminate': 'Terminate a booking',
  'booking.cancel': 'Leave the queue',
  'booking.queue': 'Waiting for a robot',
  'booking.start': 'Robot starting',
  'booking.ready': 'Robot ready',
  'booking.ending': 'Booking about to end',
  'booking.idle': 'Robot left idle',
  'booking.lose': 'Booking lost sight of',
  'booking.hand-over': 'Hand over a booking',
  'booking.firewall-add': 'Add a firewall rule',
  'booking.firewall-clear': 'Clear a firewall',
  'booking.vpn-client': 'Make a VPN client',
  'robot-account.set-token': 'Set the rerobots token',
  'robot-account.revoke': 'Revoke a rerobots token',
  'robot-account.purge': 'Revoke every rerobots token',
  'ci.start': 'Start a CI build',
  'upstream.state': 'Upstream changed state',
};

/** A dotted verb in words; for an unknown one dots and dashes become spaces. */
export function actionWords(action: string): string {
  const known = ACTIONS[action];
  if (known !== undefined) return known;
  const text = action.replaceAll(/[._-]+/g, ' ').trim();
  return text === '' ? 'Something' : text.charAt(0).toUpperCase() + text.slice(1);
}
