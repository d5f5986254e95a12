import { KeyRound, KeySquare } from 'lucide-react';

export const furtherPages = [
  { to: '/robots/account', label: 'Robot account', icon: KeyRound },
  { to: '/access-tokens', label: 'Access tokens', icon: KeySquare },
] as const;
