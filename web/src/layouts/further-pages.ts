import { Braces, Compass, Globe, Fingerprint, KeyRound, KeySquare, MonitorSmartphone } from 'lucide-react';

export const furtherPages = [
  { to: '/robots/account', label: 'Robot account', icon: KeyRound },
  { to: '/access-tokens', label: 'Access tokens', icon: KeySquare },
  { to: '/access-tokens/api', label: 'API', icon: Braces },
  { to: '/addresses', label: 'Domains and IPs', icon: Globe },
  { to: '/explorer', label: 'Explorer', icon: Compass },
  { to: '/sessions', label: 'Where I’m signed in', icon: MonitorSmartphone },
  { to: '/passkeys', label: 'Passkeys', icon: Fingerprint },
] as const;
