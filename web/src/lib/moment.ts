import { createContext, useContext } from 'react';

/** The past minute that a page shows, epoch milliseconds; null: as it is now. */
export const MomentContext = createContext<number | null>(null);
export const useMoment = (): number | null => useContext(MomentContext);
