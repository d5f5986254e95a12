import { useLocation, useNavigate, useSearch } from '@tanstack/react-router';
import { useCallback } from 'react';

/** First parts of the addresses of pages that are made of the topology alone, and so have a past. */
const WITH_PAST = new Set([
  'topology',
  'containers',
  'instances',
  'servers',
  'networks',
  'virtual-machines',
  'domains',
  'ips',
]);

/** `at` of the address, epoch milliseconds: it goes along from page to page. */
export function useMomentSearch(): number | null {
  return useSearch({
    strict: false,
    select: ({ at }: { at?: unknown }) => (Number(at) > 0 ? Number(at) : null),
  });
}

export function useHasPast(): boolean {
  return useLocation({ select: ({ pathname }) => WITH_PAST.has(pathname.split('/')[1] ?? '') });
}

/** Null leads back to now. */
export function useGoToMoment(): (at: number | null) => void {
  const navigate: (options: object) => Promise<void> = useNavigate();
  return useCallback(
    (at) =>
      void navigate({
        to: '.',
        search: (before: object) => ({ ...before, at: at ?? undefined }),
        replace: at !== null,
        resetScroll: false,
      }),
    [navigate],
  );
}
