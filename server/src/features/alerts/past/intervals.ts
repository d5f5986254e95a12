/** A time in which a condition held for an object, epoch ms; `until` null: it holds still. */
export type Held = { from: number; until: number | null };
export type Subject = { kind: string; id: string; name: string };
export type Fired = { of: Subject; firedAt: number; resolvedAt: number | null };

type Open = { of: Subject; from: number };

/** Collects times object by object, told in the order of time, and says when a rule would have fired. */
export function createPastOf(forMs: number) {
  const open = new Map<string, Open>();
  const fired: Fired[] = [];
  const add = (of: Subject, { from, until }: Held, now: number): void => {
    const firedAt = from + forMs;
    if (firedAt <= (until ?? now)) fired.push({ of, firedAt, resolvedAt: until });
  };
  return {
    /** The condition holds from `at` on. */
    begin(of: Subject, at: number): void {
      if (!open.has(of.id)) open.set(of.id, { of, from: at });
    },
    /** It holds no more. */
    end(id: string, at: number): void {
      const held = open.get(id);
      if (held === undefined) return;
      open.delete(id);
      if (at > held.from) add(held.of, { from: held.from, until: at }, at);
    },
    add,
    /** Newest first. */
    finish(now: number): Fired[] {
      for (const { of, from } of open.values()) add(of, { from, until: null }, now);
      open.clear();
      return fired.toSorted((a, b) => b.firedAt - a.firedAt);
    },
  };
}
export type PastOf = ReturnType<typeof createPastOf>;
