import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';

/** Where the dashboard shows a thing, in the router's own literal addresses, so that a wrong one doesn't compile. */
type Target =
  | { to: '/containers/$containerId'; params: { containerId: string } }
  | { to: '/instances/$instanceId'; params: { instanceId: string } }
  | { to: '/functions/claims/$claimId'; params: { claimId: string } }
  | { to: '/functions'; search: { view: 'claims'; batch: string } }
  | { to: '/access-tokens' }
  | { to: '/robots/bookings/$bookingId'; params: { bookingId: string } }
  | { to: '/topology'; search: { select: string } };

/** The page of a thing by its kind and id; null for what has none. */
export function targetOf(kind: string, id: string): Target | null {
  switch (kind) {
    case 'container':
    case 'service':
      return { to: '/containers/$containerId', params: { containerId: id } };
    case 'instance':
      return { to: '/instances/$instanceId', params: { instanceId: id } };
    case 'claim':
      return { to: '/functions/claims/$claimId', params: { claimId: id } };
    case 'claim-batch':
      return { to: '/functions', search: { view: 'claims', batch: id } };
    case 'access-token':
      return { to: '/access-tokens' };
    case 'booking':
      return { to: '/robots/bookings/$bookingId', params: { bookingId: id } };
    case 'server':
    case 'location':
    case 'network':
    case 'ip':
    case 'virtual-machine':
    case 'domain':
      return { to: '/topology', search: { select: id } };
    default:
      return null;
  }
}

type ResourceLinkProps = {
  kind: string;
  id: string;
  children: ReactNode;
  className?: string;
};

/** A link to the page of a thing; plain text where it has none. */
export function ResourceLink({ kind, id, children, className = 'hover:underline' }: ResourceLinkProps) {
  const target = targetOf(kind, id);
  if (target === null) return <span>{children}</span>;
  return (
    <Link {...target} className={className}>
      {children}
    </Link>
  );
}
