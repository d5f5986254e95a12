/**
 * Query keys that events update. A feature's own keys begin with one of these, so that an event reaches every view of
 * the resource.
 */
export const keys = {
  about: ['about'],
  session: ['session'],
  passkeys: ['passkeys'],
  upstreams: ['upstreams'],
  overview: ['overview'],
  capacity: ['capacity'],
  /** `ContainerLives`. */
  containerLives: ['container-lives'],
  variables: ['variables'],
  settings: ['settings'],
  /** `NotificationsResponse`, with those it had before. */
  notifications: ['notifications'],
  /** Every query about alerts and their rules. */
  alerts: ['alerts'],
  topology: ['topology'],
  topologyAt: (at: number) => ['topology-at', at],
  history: ['history'],
  views: ['views'],
  pins: ['pins'],
  containers: ['containers'],
  container: (id: string) => ['containers', id],
  instances: ['instances'],
  instance: (id: string) => ['instances', id],
  /** The newest `Task` of an instance, or null. */
  tasks: (instanceId: string) => ['tasks', instanceId],
  /** `TaskBatchDetail`. */
  /** `TaskBatches`. */
  taskBatchList: ['task-batches', 'list'],
  taskBatch: (id: string) => ['task-batches', id],
  /** Pages of `ObjectEventsPage`. */
  objectEvents: (of: string) => ['object-events', of],
  allObjectEvents: ['object-events'],
  /** `FunctionsResponse`. */
  functions: ['functions'],
  claims: ['claims'],
  /** Every list under it holds a `ClaimsResponse`. */
  claimLists: ['claims', 'list'],
  /** Every list under it holds pages of `ClaimsResponse`. */
  claimPages: ['claims', 'pages'],
  /** `ClaimDetail`. */
  claim: (id: string) => ['claims', 'detail', id],
  claimBatches: ['claim-batches'],
  /** `BatchesResponse`. */
  claimBatchList: ['claim-batches', 'list'],
  /** `ClaimBatch`. */
  claimBatch: (id: string) => ['claim-batches', 'detail', id],
  accessTokens: ['access-tokens'],
  team: ['team'],
  ownSessions: ['own-sessions'],
  /** Every query under it holds a `DeploymentsResponse`. */
  deployments: ['deployments'],
  /** Every query under it holds a `DeploymentDetail`. */
  deploymentDetails: ['deployment'],
  deployment: (id: string) => ['deployment', id],
  robotUsage: ['robot-usage'],
  robotAccount: ['robot-account'],
  robotCi: ['robot-ci'],
  bookings: ['bookings'],
  /** Every list under it holds a `BookingsResponse`. */
  bookingLists: ['bookings', 'list'],
  /** Every query under it holds a `RobotTimeline`. */
  robotTimelines: ['bookings', 'timeline'],
  /** `Booking`. */
  booking: (id: string) => ['bookings', 'detail', id],
  /** `FirewallResponse`, `VpnResponse`. */
  bookingFirewall: (id: string) => ['booking-firewall', id],
  bookingVpn: (id: string) => ['booking-vpn', id],
  activity: ['activity'],
  timeline: ['timeline'],
  jobs: ['jobs'],
  servers: ['servers'],
  networks: ['networks'],
  virtualMachines: ['virtual-machines'],
  services: ['services'],
  certificates: ['certificates'],
  telemetry: ['telemetry'],
} as const;
