import { Link, useRouter } from '@tanstack/react-router';
import { useMemo } from 'react';
import type { ReactNode } from 'react';

const inTopology = (id: string) => ({ to: '/topology' as const, search: { select: id } });

/** Literal routes, so that a wrong one doesn't compile. */
const pages = {
  container: (id: string) => ({ to: '/containers/$containerId' as const, params: { containerId: id } }),
  service: (id: string) => ({ to: '/containers/$containerId' as const, params: { containerId: id } }),
  instance: (id: string) => ({ to: '/instances/$instanceId' as const, params: { instanceId: id } }),
  claim: (id: string) => ({ to: '/functions/claims/$claimId' as const, params: { claimId: id } }),
  'claim-batch': (id: string) => ({
    to: '/functions' as const,
    search: { view: 'claims' as const, batch: id },
  }),
  'task-batch': (id: string) => ({ to: '/activity/batches' as const, search: { batch: id } }),
  'access-token': () => ({ to: '/access-tokens' as const }),
  booking: (id: string) => ({ to: '/robots/bookings/$bookingId' as const, params: { bookingId: id } }),
  deployment: (id: string) => ({
    to: '/robots/deployments/$deploymentId' as const,
    params: { deploymentId: id },
  }),
  server: (id: string) => ({ to: '/servers/$serverId' as const, params: { serverId: id } }),
  environment: () => ({ to: '/settings' as const }),
  location: inTopology,
  network: (id: string) => ({ to: '/networks/$networkId' as const, params: { networkId: id } }),
  ip: (id: string) => ({ to: '/ips/$ipId' as const, params: { ipId: id } }),
  'virtual-machine': (id: string) => ({
    to: '/virtual-machines/$virtualMachineId' as const,
    params: { virtualMachineId: id },
  }),
  domain: (id: string) => ({ to: '/domains/$domainId' as const, params: { domainId: id } }),
};
export type ResourceKind = keyof typeof pages;
const hasPage = (kind: string): kind is ResourceKind => Object.hasOwn(pages, kind);

/** Where `navigate` leads to it. */
export const pageOfResource = (kind: ResourceKind, id: string) => pages[kind](id);

type ResourceLinkProps = {
  kind: string;
  id: string;
  children: ReactNode;
  className?: string;
};

export function ResourceLink({ kind, id, children, className = 'hover:underline' }: ResourceLinkProps) {
  if (!hasPage(kind)) return <span>{children}</span>;
  return (
    <Link {...pages[kind](id)} className={className}>
      {children}
    </Link>
  );
}

/** Props for a table whose rows are resources: key, address, and opening it in this page. */
export function useResourceRows<Row>(kind: ResourceKind, idOf: (row: Row) => string) {
  const router = useRouter();
  return useMemo(
    () => ({
      rowKey: idOf,
      rowHref: (row: Row) => router.buildLocation(pages[kind](idOf(row))).publicHref,
      onOpen: (row: Row) => void router.navigate(pages[kind](idOf(row))),
    }),
    [router, kind, idOf],
  );
}
