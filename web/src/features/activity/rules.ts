import type { ActivityWay } from '@cyclorama/shared/activity.ts';

export const wayLabels: Record<ActivityWay, string> = {
  vpn: 'VPN account',
  oidc: 'Sign-in provider',
  passkey: 'Passkey',
  'break-glass': 'Break-glass',
  'access-token': 'Access token',
};
