import { useEffect } from 'react';

let open = 0;

/** For the dialog itself, which shows the refusal of its own request. */
export function useMarkBookDialogOpen(): void {
  useEffect(() => {
    open += 1;
    return () => {
      open -= 1;
    };
  }, []);
}

export const isBookDialogOpen = (): boolean => open > 0;
