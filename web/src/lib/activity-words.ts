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
  'claim.cancel': 'Cancel a waiting claim',
  'claim.adopt': 'Adopt an instance',
  'claim.reveal': 'Show a claim’s token',
  'claim.expire': 'Claim expired',
  'claim.lose': 'Claim lost',
  'claim.end': 'Claim ended',
  'batch.start': 'Start a batch',
  'batch.stop': 'Stop a batch',
  'batch.end': 'Batch ended',
  'token.create': 'Create an access token',
  'token.revoke': 'Delete an access token',
  'booking.request': 'Book a robot',
  'booking.terminate': 'Terminate a booking',
  'booking.cancel': 'Leave the queue',
  'booking.queue': 'Robot queued',
  'booking.start': 'Robot starting',
  'booking.ready': 'Robot ready',
  'booking.ending': 'Booking ends soon',
  'booking.idle': 'Robot idle',
  'booking.lose': 'Booking lost',
  'booking.hand-over': 'Hand over a booking',
  'booking.firewall-add': 'Add a firewall rule',
  'booking.firewall-clear': 'Clear a firewall',
  'booking.vpn-client': 'Create a VPN client',
  'robot-account.set-token': 'Set the rerobots token',
  'robot-account.revoke': 'Revoke a rerobots token',
  'robot-account.purge': 'Revoke every rerobots token',
  'ci.start': 'Start a CI build',
  'upstream.state': 'Upstream changed state',
};

/** `claim.spawn` → "Spawn a claim"; unknown actions keep their own words. */
export function actionWords(action: string): string {
  const known = ACTIONS[action];
  if (known !== undefined) return known;
  const text = action.replaceAll(/[._-]+/g, ' ').trim();
  return text === '' ? 'Unknown' : text.charAt(0).toUpperCase() + text.slice(1);
}
