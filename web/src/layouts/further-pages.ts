import { KeyRound, KeySquare } from 'lucide-react';

/** Pages that are not in the sidebar; the palette finds them. */
export const furtherPages = [
  { to: '/robots/account', label: 'Robot account', icon: KeyRound },
  { to: '/access-tokens', label: 'Access tokens', icon: KeySquare },
] as const;
