import { useNavigate, useSearch } from '@tanstack/react-router';
import { useCallback, useMemo } from 'react';
import type { z } from 'zod';

/** Undefined removes a parameter. A function gets the newest URL, not the one last rendered. */
export type SearchChange<Search> = Partial<Search> | ((before: Search) => Partial<Search>);
export type ChangeSearch<Search> = (change: SearchChange<Search>) => void;

/**
 * A hook for the page state kept in the URL. Changes apply to the newest URL, so that of two in one tick neither is
 * lost. `replace` adds no history entry, `push` one that Back undoes.
 */
export function urlSearchHook<Search extends object>(
  path: string,
  schema: z.ZodType<Search>,
  { history = 'replace' }: { history?: 'push' | 'replace' } = {},
): () => [Search, ChangeSearch<Search>] {
  return function useUrlSearch() {
    const raw = useSearch({ strict: false });
    const search = useMemo(() => schema.parse(raw), [raw]);
    // The router can't type parameters of a path it doesn't know; the schema does.
    const navigate: (options: object) => Promise<void> = useNavigate();
    const change = useCallback(
      (changed: SearchChange<Search>) =>
        void navigate({
          to: path,
          search: (newest: unknown) => {
            const before = schema.parse(newest);
            return { ...before, ...(typeof changed === 'function' ? changed(before) : changed) };
          },
          replace: history === 'replace',
        }),
      [navigate],
    );
    return [search, change];
  };
}
