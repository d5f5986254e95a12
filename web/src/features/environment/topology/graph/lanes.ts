/** From left to right, as a request goes: name, way in, work, where it runs. */
export const lanes = [
  { id: 'domains', label: 'Domains, IPs' },
  { id: 'entrances', label: 'Load balancer, VPN' },
  { id: 'containers', label: 'Containers' },
  { id: 'places', label: 'Servers, networks' },
  { id: 'robots', label: 'Robots' },
] as const;
export type LaneId = (typeof lanes)[number]['id'];

/** Ids of lanes begin with it. */
export const LANE = 'lane:';
