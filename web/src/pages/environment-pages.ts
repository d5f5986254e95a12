/** One file for them all: the first page loads the name of each file that a route may need. */
export { DifferencePage } from '../features/history/DifferencePage.tsx';
export { MonitoringPage } from '../features/monitoring/MonitoringPage.tsx';
export { NotificationsPage } from '../features/notifications/NotificationsPage.tsx';
export { ObjectCachePage } from '../features/object-cache/ObjectCachePage.tsx';
export { HubPage } from '../features/settings/HubPage.tsx';
export { SettingsPage } from '../features/settings/SettingsPage.tsx';
export { VariablesPage } from '../features/variables/VariablesPage.tsx';
export { JobsPage } from '../features/jobs/JobsPage.tsx';
export { DomainPage } from '../features/environment/addresses/DomainPage.tsx';
export { IpPage } from '../features/environment/addresses/IpPage.tsx';
export { NetworkPage } from '../features/environment/networks/NetworkPage.tsx';
export { NetworksPage } from '../features/environment/networks/NetworksPage.tsx';
export { ServersPage } from '../features/environment/servers/ServersPage.tsx';
export { ServicesPage } from '../features/environment/services/ServicesPage.tsx';
export { VirtualMachinePage } from '../features/environment/machines/VirtualMachinePage.tsx';
export { ServerRoute } from './ServerRoute.tsx';
export { VirtualMachinesPage } from '../features/environment/machines/VirtualMachinesPage.tsx';
