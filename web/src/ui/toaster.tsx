import { useEffect } from 'react';
import { Toaster as Sonner } from 'sonner';

import { toasterMounted } from './toast.ts';

export function Toaster({ theme }: { theme: 'system' | 'light' | 'dark' }) {
  useEffect(toasterMounted, []);
  return <Sonner theme={theme} position="bottom-right" closeButton visibleToasts={4} />;
}
