import { useEffect, useState } from 'react';

/** Whether a pointer or the keyboard was used on the page yet: what only they need is loaded then. */
export function useIsLookedAt(): boolean {
  const [isLookedAt, setLookedAt] = useState(false);
  useEffect(() => {
    const onUse = () => setLookedAt(true);
    for (const use of ['pointerover', 'focusin']) document.addEventListener(use, onUse, { once: true });
    return () => {
      for (const use of ['pointerover', 'focusin']) document.removeEventListener(use, onUse);
    };
  }, []);
  return isLookedAt;
}
