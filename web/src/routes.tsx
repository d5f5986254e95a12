import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  retainSearchParams,
} from '@tanstack/react-router';
import type { RouterHistory } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { output, ZodType } from 'zod';

import type { activitySearch } from './features/activity/search.ts';
import type { alertsSearch } from './features/alerts/search.ts';
import type { apiDocumentSearch } from './features/api-document/search.ts';
import type { addressesSearch } from './features/environment/addresses/search.ts';
import type { batchesSearch } from './features/environment/batches/search.ts';
import type { containersSearch } from './features/environment/containers/search.ts';
import type { instancesSearch } from './features/environment/instances/search.ts';
import type { topologySearch } from './features/environment/topology/search.ts';
import type { explorerSearch } from './features/explorer/search.ts';
import type { functionsSearch } from './features/functions/search.ts';
import type { differenceSearch } from './features/history/search.ts';
import type { robotsSearch } from './features/robots/search.ts';
import type { teamSearch } from './features/team/search.ts';
import type { telemetrySearch } from './features/telemetry/search.ts';
import type { variablesSearch } from './features/variables/search.ts';
import { NotFound } from './layouts/NotFound.tsx';
import { PageFailed } from './layouts/PageFailed.tsx';
import { basePath } from './lib/base-path.ts';
import { fetchedPart } from './lib/fetched-part.ts';
import { AppRoot } from './pages/AppRoot.tsx';
import type { pageTabsSearch } from './router/page-tabs-search.ts';
import type { timeRangeSearch } from './router/time-range-search.ts';
import { LoadingState } from './ui/states.tsx';

/** Loaded on first use, or when a link to it is hovered. */
const page = <Name extends string>(load: () => Promise<Record<Name, () => ReactNode>>, name: Name) =>
  lazyRouteComponent(() => fetchedPart(load), name);

const environmentPages = () => import('./pages/environment-pages.ts');

/**
 * Types the links to a page. Its own hook parses what the address says, so that the first load is without the schemas
 * of all pages.
 */
const searchOf =
  <Schema extends ZodType>() =>
  (search: Record<string, unknown>) =>
    search as output<Schema>;

const root = createRootRoute({
  validateSearch: searchOf<typeof timeRangeSearch>(),
  search: { middlewares: [retainSearchParams(['range', 'from', 'to', 'at'])] },
  component: AppRoot,
  notFoundComponent: NotFound,
});

const route = { getParentRoute: (): typeof root => root };

const routeTree = root.addChildren([
  createRoute({
    ...route,
    path: '/',
    component: page(() => import('./features/environment/overview/OverviewPage.tsx'), 'OverviewPage'),
  }),
  createRoute({
    ...route,
    path: '/topology',
    validateSearch: searchOf<typeof topologySearch>(),
    component: page(() => import('./features/environment/topology/TopologyPage.tsx'), 'TopologyPage'),
  }),
  createRoute({
    ...route,
    path: '/containers',
    validateSearch: searchOf<typeof containersSearch>(),
    component: page(() => import('./features/environment/containers/ContainersPage.tsx'), 'ContainersPage'),
  }),
  createRoute({
    ...route,
    path: '/containers/$containerId',
    validateSearch: searchOf<typeof pageTabsSearch>(),
    component: page(() => import('./pages/ContainerRoute.tsx'), 'ContainerRoute'),
  }),
  createRoute({
    ...route,
    path: '/instances',
    validateSearch: searchOf<typeof instancesSearch>(),
    component: page(() => import('./features/environment/instances/InstancesPage.tsx'), 'InstancesPage'),
  }),
  createRoute({
    ...route,
    path: '/instances/$instanceId',
    validateSearch: searchOf<typeof pageTabsSearch>(),
    component: page(() => import('./pages/InstanceRoute.tsx'), 'InstanceRoute'),
  }),
  createRoute({
    ...route,
    path: '/environment',
    component: page(() => import('./pages/EnvironmentPage.tsx'), 'EnvironmentPage'),
  }),
  createRoute({
    ...route,
    path: '/addresses',
    validateSearch: searchOf<typeof addressesSearch>(),
    component: page(() => import('./features/environment/addresses/AddressesPage.tsx'), 'AddressesPage'),
  }),
  createRoute({
    ...route,
    path: '/difference',
    validateSearch: searchOf<typeof differenceSearch>(),
    component: page(environmentPages, 'DifferencePage'),
  }),
  createRoute({ ...route, path: '/servers', component: page(environmentPages, 'ServersPage') }),
  createRoute({
    ...route,
    path: '/servers/$serverId',
    validateSearch: searchOf<typeof pageTabsSearch>(),
    component: page(environmentPages, 'ServerRoute'),
  }),
  createRoute({ ...route, path: '/networks', component: page(environmentPages, 'NetworksPage') }),
  createRoute({
    ...route,
    path: '/networks/$networkId',
    validateSearch: searchOf<typeof pageTabsSearch>(),
    component: page(environmentPages, 'NetworkPage'),
  }),
  createRoute({
    ...route,
    path: '/virtual-machines',
    component: page(environmentPages, 'VirtualMachinesPage'),
  }),
  createRoute({
    ...route,
    path: '/virtual-machines/$virtualMachineId',
    validateSearch: searchOf<typeof pageTabsSearch>(),
    component: page(environmentPages, 'VirtualMachinePage'),
  }),
  createRoute({ ...route, path: '/jobs', component: page(environmentPages, 'JobsPage') }),
  createRoute({ ...route, path: '/services', component: page(environmentPages, 'ServicesPage') }),
  createRoute({
    ...route,
    path: '/services/$service',
    validateSearch: searchOf<typeof pageTabsSearch>(),
    component: page(environmentPages, 'ServiceRoute'),
  }),
  createRoute({
    ...route,
    path: '/domains/$domainId',
    validateSearch: searchOf<typeof pageTabsSearch>(),
    component: page(environmentPages, 'DomainPage'),
  }),
  createRoute({
    ...route,
    path: '/ips/$ipId',
    validateSearch: searchOf<typeof pageTabsSearch>(),
    component: page(environmentPages, 'IpPage'),
  }),
  createRoute({
    ...route,
    path: '/variables',
    validateSearch: searchOf<typeof variablesSearch>(),
    component: page(environmentPages, 'VariablesPage'),
  }),
  createRoute({ ...route, path: '/settings', component: page(environmentPages, 'SettingsPage') }),
  createRoute({
    ...route,
    path: '/notifications',
    component: page(environmentPages, 'NotificationsPage'),
  }),
  createRoute({ ...route, path: '/hub', component: page(environmentPages, 'HubPage') }),
  createRoute({ ...route, path: '/object-cache', component: page(environmentPages, 'ObjectCachePage') }),
  createRoute({ ...route, path: '/monitoring', component: page(environmentPages, 'MonitoringPage') }),
  createRoute({
    ...route,
    path: '/telemetry',
    validateSearch: searchOf<typeof telemetrySearch>(),
    component: page(() => import('./features/telemetry/TelemetryPage.tsx'), 'TelemetryPage'),
  }),
  createRoute({
    ...route,
    path: '/functions',
    validateSearch: searchOf<typeof functionsSearch>(),
    component: page(() => import('./features/functions/FunctionsPage.tsx'), 'FunctionsPage'),
  }),
  createRoute({
    ...route,
    path: '/functions/claims/$claimId',
    validateSearch: searchOf<typeof pageTabsSearch>(),
    component: page(() => import('./features/functions/claims/ClaimPage.tsx'), 'ClaimPage'),
  }),
  createRoute({
    ...route,
    path: '/robots',
    validateSearch: searchOf<typeof robotsSearch>(),
    component: page(() => import('./features/robots/RobotsPage.tsx'), 'RobotsPage'),
  }),
  createRoute({
    ...route,
    path: '/robots/bookings/$bookingId',
    component: page(() => import('./features/robots/bookings/BookingPage.tsx'), 'BookingPage'),
  }),
  createRoute({
    ...route,
    path: '/robots/deployments/$deploymentId',
    validateSearch: searchOf<typeof pageTabsSearch>(),
    component: page(() => import('./features/robots/deployments/DeploymentPage.tsx'), 'DeploymentPage'),
  }),
  createRoute({
    ...route,
    path: '/robots/account',
    component: page(() => import('./features/robots/account/RobotAccountPage.tsx'), 'RobotAccountPage'),
  }),
  createRoute({
    ...route,
    path: '/access-tokens',
    component: page(() => import('./features/access-tokens/AccessTokensPage.tsx'), 'AccessTokensPage'),
  }),
  createRoute({
    ...route,
    path: '/access-tokens/api',
    validateSearch: searchOf<typeof apiDocumentSearch>(),
    component: page(() => import('./features/api-document/ApiDocumentPage.tsx'), 'ApiDocumentPage'),
  }),
  createRoute({
    ...route,
    path: '/explorer',
    validateSearch: searchOf<typeof explorerSearch>(),
    component: page(() => import('./features/explorer/ExplorerPage.tsx'), 'ExplorerPage'),
  }),
  createRoute({
    ...route,
    path: '/team',
    validateSearch: searchOf<typeof teamSearch>(),
    component: page(() => import('./features/team/TeamPage.tsx'), 'TeamPage'),
  }),
  createRoute({
    ...route,
    path: '/sessions',
    component: page(() => import('./features/team/OwnSessionsPage.tsx'), 'OwnSessionsPage'),
  }),
  createRoute({
    ...route,
    path: '/passkeys',
    component: page(() => import('./features/passkeys/PasskeysPage.tsx'), 'PasskeysPage'),
  }),
  createRoute({
    ...route,
    path: '/alerts',
    validateSearch: searchOf<typeof alertsSearch>(),
    component: page(() => import('./features/alerts/AlertsPage.tsx'), 'AlertsPage'),
  }),
  createRoute({
    ...route,
    path: '/activity/batches',
    validateSearch: searchOf<typeof batchesSearch>(),
    component: page(() => import('./features/environment/batches/BatchesPage.tsx'), 'BatchesPage'),
  }),
  createRoute({
    ...route,
    path: '/activity',
    validateSearch: searchOf<typeof activitySearch>(),
    component: page(() => import('./features/activity/ActivityPage.tsx'), 'ActivityPage'),
  }),
]);

/** The map of the product; every page is loaded on first use. Tests pass a history of their own. */
export function createAppRouter(history?: RouterHistory) {
  return createRouter({
    routeTree,
    basepath: basePath,
    ...(history === undefined ? {} : { history }),
    defaultPreload: 'intent',
    defaultErrorComponent: PageFailed,
    defaultPendingComponent: LoadingState,
    scrollRestoration: true,
  });
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof createAppRouter>;
  }
}
