import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';

import type { ChartMark } from '../rules.ts';

type MarkLinkProps = { mark: ChartMark; children: ReactNode; className?: string; hidden?: boolean };

/** To the event on its object's page. */
export function MarkLink({ mark: { id, of }, children, className, hidden = false }: MarkLinkProps) {
  const search = { tab: 'events', event: id } as const;
  const looks = { className, ...(hidden && { tabIndex: -1 }) };
  if (of.kind === 'container')
    return (
      <Link to="/containers/$containerId" params={{ containerId: of.id }} search={search} {...looks}>
        {children}
      </Link>
    );
  return (
    <Link to="/instances/$instanceId" params={{ instanceId: of.id }} search={search} {...looks}>
      {children}
    </Link>
  );
}
