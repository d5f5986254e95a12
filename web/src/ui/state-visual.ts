export type StateShape = 'filled' | 'half' | 'ring' | 'square' | 'dashed';
export type StateTone = 'neutral' | 'success' | 'warning' | 'danger' | 'muted';
export type StateVisual = {
  shape: StateShape;
  tone: StateTone;
  label: string;
};

const running: Omit<StateVisual, 'label'> = { shape: 'filled', tone: 'success' };
const taken: Omit<StateVisual, 'label'> = { shape: 'filled', tone: 'neutral' };
const changing: Omit<StateVisual, 'label'> = { shape: 'half', tone: 'warning' };
const still: Omit<StateVisual, 'label'> = { shape: 'ring', tone: 'muted' };
const broken: Omit<StateVisual, 'label'> = { shape: 'square', tone: 'danger' };
const unclear: Omit<StateVisual, 'label'> = { shape: 'dashed', tone: 'warning' };
const unknown: Omit<StateVisual, 'label'> = { shape: 'dashed', tone: 'muted' };

/** The upstreams' own states, and the dashboard's for claims, bookings and tasks. */
const GROUPS: [Omit<StateVisual, 'label'>, string][] = [
  [taken, 'busy assigned accepted'],
  [running, 'free running function healthy live online active ready done available acquired completed'],
  [
    changing,
    `starting stopping new deleting migrating importing building configuring reimaging provisioning restarting requested
    queued claimed spawning releasing terminating sent in-progress purge hibernating scheduled stale started connecting
    delayed changing not-ready cloning pending assigning authorizing verifying`,
  ],
  [
    still,
    `stopped deleted released terminated cancelled expired ended-by-limit hibernate hibernated decommissioned
    unconfigured inert detected inactive declined revoked`,
  ],
  [broken, 'failed refused offline unhealthy error unavailable degraded failure no-token quarantined'],
  [unclear, 'lost unanswered'],
];

const WORDS: Record<string, string> = {
  'ended-by-limit': 'Ended by limit',
  'in-progress': 'In progress',
  // A function container that takes claims is in the state `function` upstream, not `running`.
  function: 'Enabled',
  hibernate: 'Hibernating',
  purge: 'Being purged',
  // Outcome of a running action.
  started: 'Requested',
};

const TABLE = new Map(
  GROUPS.flatMap(([visual, states]) => states.split(/\s+/).map((state) => [state, visual] as const)),
);

function labelOf(state: string): string {
  const text = WORDS[state] ?? state.replaceAll(/[-_]/g, ' ');
  return text === '' ? 'Unknown' : text.charAt(0).toUpperCase() + text.slice(1);
}

/**
 * Used by lists, topology, charts, claims and bookings. Health counts only while running: `unhealthy` needs attention;
 * a check without an answer is unknown, not unhealthy. Unlisted states keep their own name and look unknown.
 */
export function visualOf(state: string, health?: 'healthy' | 'unhealthy' | 'unknown' | 'none'): StateVisual {
  const visual = TABLE.get(state);
  if (visual === running && health === 'unhealthy') return { ...broken, label: 'Unhealthy' };
  if (visual === running && health === 'unknown') {
    return { shape: 'filled', tone: 'neutral', label: `${labelOf(state)}, health unknown` };
  }
  return { ...(visual ?? unknown), label: labelOf(state) };
}

/** Of a job, as it is shown: Cycle's `running` is work that goes on, where an instance's is well. */
export const workState = (state: string): string => (state === 'running' ? 'in-progress' : state);
