/** Every word must occur in one of the fields, ignoring case. */
export function matchesText(text: string | undefined, fields: readonly (string | null)[]): boolean {
  const words = (text ?? '').toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return true;
  const haystack = fields.join(' ').toLowerCase();
  return words.every((word) => haystack.includes(word));
}

/** Most frequent first; null isn't counted. */
export function countBy<T>(
  items: readonly T[],
  key: (item: T) => string | null,
): { value: string; count: number }[] {
  const counts = new Map<string, number>();
  for (const item of items) {
    const value = key(item);
    if (value !== null) counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  return [...counts]
    .map(([value, count]) => ({ value, count }))
    .sort((a, b) => b.count - a.count || a.value.localeCompare(b.value));
}

export function toggled(list: readonly string[] | undefined, value: string): string[] | undefined {
  const next =
    list?.includes(value) === true ? list.filter((each) => each !== value) : [...(list ?? []), value];
  return next.length === 0 ? undefined : next;
}
