import { rerobotsTime } from './time.ts';
import type {
  DeploymentInfo,
  InstanceAnswer,
  InstancesAnswer,
  ReservationsAnswer,
  RulesAnswer,
} from './wire.ts';

export type Deployment = {
  id: string;
  type: string;
  typeVersion: number | null;
  region: string;
  description: string;
  addons: string[];
  queueLength: number | null;
  /** Only `GET /deployment/:id` says; else null. */
  online: boolean | null;
  lockedOut: boolean;
  instancesSoFar: number | null;
  createdAt: number | null;
};

/** `UNKNOWN`: a state this product does not know; neither ready nor over. */
export type InstanceStatus = 'INIT' | 'INIT_FAIL' | 'READY' | 'TERMINATING' | 'TERMINATED' | 'UNKNOWN';

/** `status` is null where the list holds ids only. */
export type ListedInstance = {
  id: string;
  deploymentId: string | null;
  status: InstanceStatus | null;
  type: string | null;
  region: string | null;
  startedAt: number | null;
};

export type RobotInstance = Omit<ListedInstance, 'status'> & {
  status: InstanceStatus;
  endedAt: number | null;
  expiresAt: number | null;
  /** Null before READY, after the end, or where only the VPN leads in. */
  address: { host: string; port: number } | null;
  /** `algorithm base64`, optionally with a comment. */
  hostKeys: string[];
  hasVpn: boolean;
};

export type Reservation = {
  id: string;
  deploymentId: string | null;
  type: string | null;
  /** To the minute. */
  createdAt: number | null;
};

const statuses: InstanceStatus[] = ['INIT', 'INIT_FAIL', 'READY', 'TERMINATING', 'TERMINATED'];

function statusOf(text: string): InstanceStatus {
  return statuses.find((status) => status === text.toUpperCase()) ?? 'UNKNOWN';
}

export function deploymentOf(id: string, wire: DeploymentInfo): Deployment {
  return {
    id,
    type: wire.type ?? '',
    typeVersion: wire.type_version ?? null,
    region: wire.region ?? '',
    description: wire.desc ?? '',
    addons: wire.supported_addons ?? [],
    queueLength: wire.queuelen ?? null,
    online: wire.online ?? null,
    lockedOut: wire.lockout ?? false,
    instancesSoFar: wire.icounter ?? null,
    createdAt: rerobotsTime(wire.created),
  };
}

export function listedInstancesOf(wire: InstancesAnswer): ListedInstance[] {
  const deployments = wire.workspace_deployments ?? [];
  return (wire.workspace_instances ?? []).map((item, index) => {
    const parallel = deployments[index] ?? null;
    if (typeof item === 'string') {
      return { id: item, deploymentId: parallel, status: null, type: null, region: null, startedAt: null };
    }
    return {
      id: item.id,
      deploymentId: item.deployment ?? parallel,
      status: item.status ? statusOf(item.status) : null,
      type: item.type ?? null,
      region: item.region ?? null,
      startedAt: rerobotsTime(item.starttime),
    };
  });
}

export function instanceOf(wire: InstanceAnswer): RobotInstance {
  const { ipv4, port } = wire.fwd ?? {};
  return {
    id: wire.id,
    deploymentId: wire.deployment ?? null,
    status: statusOf(wire.status ?? ''),
    type: wire.type ?? null,
    region: wire.region ?? null,
    startedAt: rerobotsTime(wire.starttime),
    endedAt: rerobotsTime(wire.endtime),
    expiresAt: rerobotsTime(wire.expires),
    address: ipv4 && port ? { host: ipv4, port } : null,
    hostKeys: wire.hostkeys ?? [],
    hasVpn: wire.vpn !== undefined && wire.vpn !== null,
  };
}

export function forbiddenBy(rules: NonNullable<RulesAnswer['rules']>): ReadonlySet<string> {
  const byAge = rules.toSorted((a, b) => (a.id ?? 0) - (b.id ?? 0));
  const last = new Map(byAge.map(({ wdeployment_id: id, capability }) => [id, capability]));
  return new Set([...last].flatMap(([id, capability]) => (capability === 'CAP_NO_INSTANTIATE' ? [id] : [])));
}

export function reservationsOf(wire: ReservationsAnswer): Reservation[] {
  return (wire.reservations ?? []).map(({ id, created, desc }) => {
    const [, kind, target] = /^(wd:|deployment |type )\s*(.+)$/.exec(desc ?? '') ?? [];
    const ofType = kind === 'type ';
    return {
      id,
      deploymentId: target !== undefined && !ofType ? target : null,
      type: target !== undefined && ofType ? target : null,
      createdAt: rerobotsTime(created),
    };
  });
}
