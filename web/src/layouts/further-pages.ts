import { Braces, Fingerprint, KeyRound, KeySquare, MonitorSmartphone } from 'lucide-react';

import { environmentPages } from './environment-pages.ts';

export const furtherPages = [
  ...environmentPages,
  { to: '/robots/account', label: 'Robot account', icon: KeyRound },
  { to: '/access-tokens', label: 'Access tokens', icon: KeySquare },
  { to: '/access-tokens/api', label: 'API', icon: Braces },
  { to: '/sessions', label: 'Where I’m signed in', icon: MonitorSmartphone },
  { to: '/passkeys', label: 'Passkeys', icon: Fingerprint },
] as const;
