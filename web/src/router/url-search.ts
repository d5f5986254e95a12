import { useNavigate, useSearch } from '@tanstack/react-router';
import { useCallback, useMemo } from 'react';
import type { z } from 'zod';

/** Parameters to set; undefined takes one out. A function is given the newest address, not the one last drawn. */
export type SearchChange<Search> = Partial<Search> | ((before: Search) => Partial<Search>);
export type ChangeSearch<Search> = (change: SearchChange<Search>) => void;

/**
 * Makes a page's hook for the part of its state that its URL keeps. A change is made to the newest address, so that
 * of two in one tick both stay. `replace` makes no step in the browser's history, `push` one that Back undoes.
 */
export function urlSearchHook<Search extends object>(
  path: string,
  schema: z.ZodType<Search>,
  { history = 'replace' }: { history?: 'push' | 'replace' } = {},
): () => [Search, ChangeSearch<Search>] {
  return function useUrlSearch() {
    const raw = useSearch({ strict: false });
    const search = useMemo(() => schema.parse(raw), [raw]);
    // The path is one of many here, so the router can't know the type of its parameters; the schema does.
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
