import { useQuery } from '@tanstack/react-query';
import { Info } from 'lucide-react';

import { aboutQuery } from '../api/session.ts';

export function NoticeLine() {
  const { data } = useQuery(aboutQuery);
  if (data === undefined || data.notice === null) return null;
  return (
    <aside
      aria-label="Notice"
      className="flex min-h-7 items-center justify-center gap-1.5 border-b border-warning-line bg-warning-soft px-3 py-1 text-center text-xs text-warning-text"
    >
      <Info aria-hidden size={13} className="shrink-0" />
      <p>{data.notice}</p>
    </aside>
  );
}
