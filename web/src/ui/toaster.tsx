import { Toaster as Sonner, toast } from 'sonner';

export { toast };

/** Where toasts appear; once a page. */
export function Toaster({ theme }: { theme: 'system' | 'light' | 'dark' }) {
  return <Sonner theme={theme} position="bottom-right" closeButton visibleToasts={4} />;
}
