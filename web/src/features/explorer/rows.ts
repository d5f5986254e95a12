import { catalogue } from '@cyclorama/shared/catalogue.ts';
import type { Operation, ProxiedUpstream } from '@cyclorama/shared/catalogue.ts';

import { matchesText } from '../../lib/text-filter.ts';
import type { ExplorerSearch } from './search.ts';

export const upstreamNames: Readonly<Record<ProxiedUpstream, string>> = {
  cycle: 'Cycle’s internal API',
  scheduler: 'Function scheduler',
  rerobots: 'rerobots',
  platform: 'Cycle’s public API',
};
export const upstreams = Object.keys(upstreamNames) as ProxiedUpstream[];

/** In the order of the catalogue. */
export function shownOperations({ q, upstream, kind }: ExplorerSearch): Operation[] {
  return catalogue.filter(
    (operation) =>
      (upstream === undefined || operation.upstream === upstream) &&
      (kind === undefined || operation.changes === (kind === 'changes')) &&
      matchesText(q, [operation.id, operation.method, operation.path, operation.help, operation.role]),
  );
}

export function operationNamed(id: string | undefined): Operation | null {
  return catalogue.find((operation) => operation.id === id) ?? null;
}

/** The page that does what is not called from here, by its route. */
export function pageOf({
  route,
}: Operation): { to: '/instances' | '/functions' | '/robots' | '/robots/account'; label: string } | null {
  if (route === null) return null;
  if (route.includes('/api/instances')) return { to: '/instances', label: 'Instances' };
  if (route.includes('/api/claims')) return { to: '/functions', label: 'Functions' };
  if (route.includes('/api/robots/account')) return { to: '/robots/account', label: 'Robot account' };
  return { to: '/robots', label: 'Robots' };
}
