import { describe, expect, it } from 'vitest';

import { accessTable } from '../../server/src/testing/access-table.ts';
import { catalogue } from '../../shared/src/catalogue.ts';
import type { Operation } from '../../shared/src/catalogue.ts';
import { isExplorable } from '../../shared/src/rules/explorer.ts';
import { readPages } from './pages.ts';

const reachOf = readPages(isExplorable);

/** `/v1/jobs/{job}` → `/api/proxy/platform/v1/jobs/:job`. */
const proxyRow = ({ upstream, method, path }: Operation): string =>
  `${method} /api/proxy/${upstream}${path.replaceAll(/\{(\w+)\}/g, ':$1')}`;

// `npm run operations` calls them all; this sees in a second that none loses its way in.
describe('every operation of the upstreams', () => {
  it.each(catalogue.map((operation) => [operation.id, operation] as const))(
    '%s is reached by a page or the explorer, and tried by the table of access',
    (_id, operation) => {
      const { pages, explorer } = reachOf(operation);
      expect(pages.length > 0 || explorer !== null).toBe(true);
      const row = operation.proxied ? proxyRow(operation) : (operation.route ?? '');
      expect(accessTable[row]?.who).toMatch(/^(viewer|operator|admin|anyone)$/);
    },
  );

  it('of servers, networks, machines, services, certificates and jobs has a page made for it', () => {
    const made = catalogue.filter(({ id }) =>
      /^cycle\.(server(\.images.*|\.power.*)?|sdn\..*|virtual-machine(\.gateways)?|environment\.services|containers\.certificates)$|^platform\.jobs?$/.test(
        id,
      ),
    );
    expect(made.length).toBeGreaterThan(11);
    expect(made.filter((operation) => reachOf(operation).pages.length === 0).map(({ id }) => id)).toEqual([]);
  });
});
