import { Link } from '@tanstack/react-router';
import type { AnchorHTMLAttributes } from 'react';

import type { ChartMark } from '../rules.ts';

type MarkLinkProps = Pick<
  AnchorHTMLAttributes<HTMLAnchorElement>,
  'children' | 'className' | 'tabIndex' | 'onFocus' | 'aria-label' | 'aria-describedby'
> & { mark: ChartMark; 'data-handle'?: string };

/** To the event on its object's page. */
export function MarkLink({ mark: { id, of }, ...rest }: MarkLinkProps) {
  const search = { tab: 'events', event: id } as const;
  if (of.kind === 'container')
    return <Link to="/containers/$containerId" params={{ containerId: of.id }} search={search} {...rest} />;
  return <Link to="/instances/$instanceId" params={{ instanceId: of.id }} search={search} {...rest} />;
}
