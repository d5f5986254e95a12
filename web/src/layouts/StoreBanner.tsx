import { useQuery } from '@tanstack/react-query';
import { HardDrive } from 'lucide-react';

import { aboutQuery } from '../api/session.ts';

export function StoreBanner() {
  const { data } = useQuery(aboutQuery);
  if (!data?.store) return null;
  return (
    <div className="flex min-h-8 items-center gap-2 border-t border-danger-line bg-danger-soft px-4 py-1 text-xs text-danger-text">
      <HardDrive aria-hidden size={14} className="shrink-0" />
      <p role="alert">
        {data.store.message} Nothing can be changed until it is fixed. Live views continue. {data.store.hint}
      </p>
    </div>
  );
}
