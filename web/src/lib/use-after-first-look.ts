import { useEffect, useState } from 'react';

const FIRST_LOOK_MS = 1_000;

/** For what the first page needs neither on the wire nor on the processor. */
export function useAfterFirstLook(): boolean {
  const [isOver, setOver] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setOver(true), FIRST_LOOK_MS);
    return () => clearTimeout(timer);
  }, []);
  return isOver;
}
