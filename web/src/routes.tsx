import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  retainSearchParams,
} from '@tanstack/react-router';
import type { RouterHistory } from '@tanstack/react-router';
import type { ReactNode } from 'react';

import { activitySearch } from './features/activity/search.ts';
import { apiDocumentSearch } from './features/api-document/search.ts';
import { addressesSearch } from './features/environment/addresses/search.ts';
import { batchesSearch } from './features/environment/batches/search.ts';
import { containersSearch } from './features/environment/containers/search.ts';
import { instancesSearch } from './features/environment/instances/search.ts';
import { topologySearch } from './features/environment/topology/search.ts';
import { explorerSearch } from './features/explorer/search.ts';
import { functionsSearch } from './features/functions/search.ts';
import { robotsSearch } from './features/robots/search.ts';
import { teamSearch } from './features/team/search.ts';
import { telemetrySearch } from './features/telemetry/search.ts';
import { NotFound } from './layouts/NotFound.tsx';
import { PageFailed } from './layouts/PageFailed.tsx';
import { basePath } from './lib/base-path.ts';
import { fetchedPart } from './lib/fetched-part.ts';
import { AppRoot } from './pages/AppRoot.tsx';
import { pageTabsSearch } from './router/page-tabs-search.ts';
import { timeRangeSearch } from './router/time-range-search.ts';
import { LoadingState } from './ui/states.tsx';

/** Loaded on first use, or when a link to it is hovered. */
const page = <Name extends string>(load: () => Promise<Record<Name, () => ReactNode>>, name: Name) =>
  lazyRouteComponent(() => fetchedPart(load), name);

const environmentPages = () => import('./pages/environment-pages.ts');

const root = createRootRoute({
  validateSearch: timeRangeSearch,
  search: { middlewares: [retainSearchParams(['range', 'from', 'to'])] },
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
    validateSearch: topologySearch,
    component: page(() => import('./features/environment/topology/TopologyPage.tsx'), 'TopologyPage'),
  }),
  createRoute({
    ...route,
    path: '/containers',
    validateSearch: containersSearch,
    component: page(() => import('./features/environment/containers/ContainersPage.tsx'), 'ContainersPage'),
  }),
  createRoute({
    ...route,
    path: '/containers/$containerId',
    validateSearch: pageTabsSearch,
    component: page(() => import('./pages/ContainerRoute.tsx'), 'ContainerRoute'),
  }),
  createRoute({
    ...route,
    path: '/instances',
    validateSearch: instancesSearch,
    component: page(() => import('./features/environment/instances/InstancesPage.tsx'), 'InstancesPage'),
  }),
  createRoute({
    ...route,
    path: '/instances/$instanceId',
    validateSearch: pageTabsSearch,
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
    validateSearch: addressesSearch,
    component: page(() => import('./features/environment/addresses/AddressesPage.tsx'), 'AddressesPage'),
  }),
  createRoute({ ...route, path: '/servers', component: page(environmentPages, 'ServersPage') }),
  createRoute({
    ...route,
    path: '/servers/$serverId',
    validateSearch: pageTabsSearch,
    component: page(environmentPages, 'ServerPage'),
  }),
  createRoute({ ...route, path: '/networks', component: page(environmentPages, 'NetworksPage') }),
  createRoute({
    ...route,
    path: '/networks/$networkId',
    validateSearch: pageTabsSearch,
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
    validateSearch: pageTabsSearch,
    component: page(environmentPages, 'VirtualMachinePage'),
  }),
  createRoute({ ...route, path: '/jobs', component: page(environmentPages, 'JobsPage') }),
  createRoute({ ...route, path: '/services', component: page(environmentPages, 'ServicesPage') }),
  createRoute({
    ...route,
    path: '/domains/$domainId',
    validateSearch: pageTabsSearch,
    component: page(environmentPages, 'DomainPage'),
  }),
  createRoute({ ...route, path: '/variables', component: page(environmentPages, 'VariablesPage') }),
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
    validateSearch: telemetrySearch,
    component: page(() => import('./features/telemetry/TelemetryPage.tsx'), 'TelemetryPage'),
  }),
  createRoute({
    ...route,
    path: '/functions',
    validateSearch: functionsSearch,
    component: page(() => import('./features/functions/FunctionsPage.tsx'), 'FunctionsPage'),
  }),
  createRoute({
    ...route,
    path: '/functions/claims/$claimId',
    component: page(() => import('./features/functions/claims/ClaimPage.tsx'), 'ClaimPage'),
  }),
  createRoute({
    ...route,
    path: '/robots',
    validateSearch: robotsSearch,
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
    validateSearch: apiDocumentSearch,
    component: page(() => import('./features/api-document/ApiDocumentPage.tsx'), 'ApiDocumentPage'),
  }),
  createRoute({
    ...route,
    path: '/explorer',
    validateSearch: explorerSearch,
    component: page(() => import('./features/explorer/ExplorerPage.tsx'), 'ExplorerPage'),
  }),
  createRoute({
    ...route,
    path: '/team',
    validateSearch: teamSearch,
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
    path: '/activity/batches',
    validateSearch: batchesSearch,
    component: page(() => import('./features/environment/batches/BatchesPage.tsx'), 'BatchesPage'),
  }),
  createRoute({
    ...route,
    path: '/activity',
    validateSearch: activitySearch,
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
