import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

import type { Operation } from '../../shared/src/catalogue.ts';
import { environmentPaths } from '../../shared/src/paths-environment.ts';
import { paths } from '../../shared/src/paths.ts';
import { root } from '../lib/processes.ts';

const WEB = path.join(root, 'web/src');
const ROUTES = path.join(WEB, 'routes.tsx');
/** The rule which operations the explorer offers: a page that is made with it reaches those. */
const EXPLORER_RULES = '@cyclorama/shared/rules/explorer.ts';

type Page = { path: string; source: string; isExplorer: boolean };

export type Reach = {
  /** Pages made for it: they ask for it by its id, or by the dashboard's own route for the same. */
  pages: string[];
  /** Null where no page is an explorer that offers it. */
  explorer: string | null;
};

/** Told from the code of the pages: what each of them imports, however deep, and what that asks for. */
export function readPages(isExplorable: (operation: Operation) => boolean) {
  const pages = routedFiles().map(({ address, file }): Page => {
    const source = modulesFrom(file).join('\n');
    return { path: address, source, isExplorer: source.includes(EXPLORER_RULES) };
  });
  const explorer = pages.find((page) => page.isExplorer)?.path ?? null;
  return (operation: Operation): Reach => ({
    pages: pages.filter(({ source }) => asksFor(source, operation)).map((page) => page.path),
    explorer: isExplorable(operation) ? explorer : null,
  });
}

/** A page is loaded from its own file, or by its name from a file that hands out several. */
function routedFiles(): { address: string; file: string }[] {
  const routes = readFileSync(ROUTES, 'utf8');
  const shared = new Map(
    [...routes.matchAll(/const (\w+) = \(\) => import\('([^']+)'\)/g)].map(([, name = '', file = '']) => [
      name,
      path.resolve(path.dirname(ROUTES), file),
    ]),
  );
  return routes.split('createRoute({').flatMap((route) => {
    const address = /path: '([^']+)'/.exec(route)?.[1];
    const own = /import\('([^']+)'\)/.exec(route)?.[1];
    const [, from = '', name = ''] = /page\((\w+), '(\w+)'\)/.exec(route) ?? [];
    const file = own === undefined ? fileOf(shared.get(from), name) : path.resolve(path.dirname(ROUTES), own);
    return address === undefined || file === undefined ? [] : [{ address, file }];
  });
}

/** Of what `index` hands out under a name. */
function fileOf(index: string | undefined, name: string): string | undefined {
  if (index === undefined) return undefined;
  const [, file] =
    new RegExp(`export \\{[^}]*\\b${name}\\b[^}]*\\} from '([^']+)'`).exec(readFileSync(index, 'utf8')) ?? [];
  return file === undefined ? undefined : path.resolve(path.dirname(index), file);
}

/** Sources of a module and all it imports within the page. */
function modulesFrom(start: string): string[] {
  const seen = new Map<string, string>();
  const visit = (file: string): void => {
    if (seen.has(file) || !existsSync(file)) return;
    const source = readFileSync(file, 'utf8');
    seen.set(file, source);
    for (const [, from = ''] of source.matchAll(/(?:from|import\()\s*'(\.[^']+)'/g))
      visit(path.resolve(path.dirname(file), from));
  };
  visit(start);
  return [...seen.values()];
}

function asksFor(source: string, { id, route }: Operation): boolean {
  if (source.includes(`'${id}'`)) return true;
  return route !== null && namesOf(route).some((name) => new RegExp(`[pP]aths\\.${name}\\b`).test(source));
}

/** `POST /api/bookings/:id/vpn` → `bookingVpn`. */
function namesOf(route: string): string[] {
  const address = route.slice(route.indexOf(' ') + 1).replaceAll(/:\w+/g, ':id');
  return Object.entries({ ...paths, ...environmentPaths })
    .filter(
      ([name, at]) =>
        name !== 'proxy' && (at as (id: string) => string)(':id').replaceAll('%3A', ':') === address,
    )
    .map(([name]) => name);
}
