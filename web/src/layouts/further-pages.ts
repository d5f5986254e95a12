import { KeyRound, KeySquare } from 'lucide-react';

/** Pages that hang under another and have no place in the sidebar; the palette leads to them. */
export const furtherPages = [
  { to: '/robots/account', label: 'Robot account and CI', icon: KeyRound },
  { to: '/access-tokens', label: 'Access tokens', icon: KeySquare },
] as const;
