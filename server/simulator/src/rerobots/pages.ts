export type Page<T> = { items: T[]; pageCount: number };

function whole(text: string | null): number | undefined {
  return text !== null && /^[+-]?\d+$/.test(text.trim()) ? Number(text) : undefined;
}

/**
 * Cuts a list by `max_per_page` (0, absent, negative or junk: everything on one page) and `page` (1 if absent,
 * otherwise clamped to what there is). `emptyPages` is the page count of an empty list that was to be cut.
 */
export function paginate<T>(items: readonly T[], query: URLSearchParams, emptyPages: 0 | 1): Page<T> {
  const size = whole(query.get('max_per_page')) ?? 0;
  if (size <= 0) return { items: [...items], pageCount: 1 };
  if (items.length === 0) return { items: [], pageCount: emptyPages };
  const pageCount = Math.ceil(items.length / size);
  const page = Math.min(Math.max(whole(query.get('page')) ?? 1, 1), pageCount);
  return { items: items.slice((page - 1) * size, page * size), pageCount };
}

/** `maxlen`: junk and `u` mean no bound, a negative number means 0 (observed). */
export function lengthBound(text: string | null): number {
  const value = whole(text);
  return value === undefined ? Infinity : Math.max(0, value);
}
