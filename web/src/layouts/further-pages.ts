import { KeyRound, KeySquare } from 'lucide-react';

/** Not in the sidebar, but in the palette. */
export const furtherPages = [
  { to: '/robots/account', label: 'Robot account', icon: KeyRound },
  { to: '/access-tokens', label: 'Access tokens', icon: KeySquare },
] as const;
