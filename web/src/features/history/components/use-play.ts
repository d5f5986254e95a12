import { useEffect, useState } from 'react';

const STEP_MS = 700;

/** Goes on to `next` again and again until there is none. */
export function usePlay(next: number | null, goTo: (at: number) => void) {
  const [isPlaying, setPlaying] = useState(false);
  const goesOn = isPlaying && next !== null;
  useEffect(() => {
    if (!goesOn) return undefined;
    const timer = setTimeout(() => goTo(next), STEP_MS);
    return () => clearTimeout(timer);
  }, [goesOn, next, goTo]);
  return { isPlaying: goesOn, toggle: () => setPlaying(!goesOn) };
}
