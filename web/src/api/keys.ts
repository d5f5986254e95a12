/**
 * Query keys the event stream reaches. A feature's own keys (`<feature>.queries.ts`) begin with one of these, so
 * that a push finds every view of the thing: lists as `[...keys.claims, 'list', filters]`, one as `keys.claim(id)`.
 */
export const keys = {
  about: ['about'],
  session: ['session'],
  upstreams: ['upstreams'],
  overview: ['overview'],
  topology: ['topology'],
  containers: ['containers'],
  container: (id: string) => ['containers', id],
  instances: ['instances'],
  instance: (id: string) => ['instances', id],
  /** The newest `Task` of an instance, or null. */
  tasks: (instanceId: string) => ['tasks', instanceId],
  /** `FunctionsResponse`. */
  functions: ['functions'],
  claims: ['claims'],
  /** Every list under it holds a `ClaimsResponse`. */
  claimLists: ['claims', 'list'],
  /** `ClaimDetail`. */
  claim: (id: string) => ['claims', 'detail', id],
  /** Every query under it holds a `DeploymentsResponse`. */
  deployments: ['deployments'],
  bookings: ['bookings'],
  /** Every list under it holds a `BookingsResponse`. */
  bookingLists: ['bookings', 'list'],
  /** `Booking`. */
  booking: (id: string) => ['bookings', 'detail', id],
  activity: ['activity'],
  telemetry: ['telemetry'],
  jobs: ['jobs'],
} as const;
