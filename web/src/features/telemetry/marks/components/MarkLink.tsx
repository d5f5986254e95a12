import { Link } from '@tanstack/react-router';
import type { AnchorHTMLAttributes } from 'react';

import type { ChartMark } from '../rules.ts';

type MarkLinkProps = Pick<
  AnchorHTMLAttributes<HTMLAnchorElement>,
  'children' | 'className' | 'tabIndex' | 'onFocus' | 'aria-label' | 'aria-describedby'
> & { mark: ChartMark; 'data-handle'?: string };

/** To the event on its object's page, or to the alert. */
export function MarkLink({ mark: { id, of, alert }, ...rest }: MarkLinkProps) {
  if (alert !== null) return <Link to="/alerts" search={{ alert }} {...rest} />;
  const search = { tab: 'events', event: Number(id) } as const;
  if (of.kind === 'container')
    return <Link to="/containers/$containerId" params={{ containerId: of.id }} search={search} {...rest} />;
  if (of.kind === 'server')
    return <Link to="/servers/$serverId" params={{ serverId: of.id }} search={search} {...rest} />;
  // Its changed settings are on the timeline.
  if (of.kind === 'environment') return <Link to="/activity" {...rest} />;
  return <Link to="/instances/$instanceId" params={{ instanceId: of.id }} search={search} {...rest} />;
}
