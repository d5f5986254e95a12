import type { Claim } from '@cyclorama/shared/claims.ts';
import type { Booking, RobotDeployment } from '@cyclorama/shared/robots.ts';
import type { Health, NodeOf, TopologyNode } from '@cyclorama/shared/topology.ts';

import { bookingName, deploymentName, plainName } from '../../features/robots/names.rules.ts';
import type { ResourceKind } from '../../router/resource-link.tsx';
import { furtherPages } from '../further-pages.ts';
import { navigation } from '../pages.ts';
import type { Searchable } from './rank.rules.ts';

export type Page = (typeof navigation)[number] | (typeof furtherPages)[number];

export type Opening =
  | { by: 'page'; page: Page }
  | { by: 'resource'; kind: ResourceKind; id: string }
  | { by: 'person'; name: string }
  | { by: 'variable'; name: string };

export type Entry = Searchable & {
  label: string;
  /** What it is, in a word. */
  what: string;
  state?: { current: string; health?: Health | undefined };
  opening: Opening;
  /** What commands can be about. */
  part?: NodeOf<'container'> | NodeOf<'instance'>;
};

export type PaletteData = {
  nodes: readonly TopologyNode[];
  deployments: readonly RobotDeployment[];
  bookings: readonly Booking[];
  claims: readonly Claim[];
  people: readonly { name: string }[];
  /** Scoped ones, of which only the names are known. */
  variables: readonly { name: string }[];
};

const WHAT = {
  container: 'container',
  instance: 'instance',
  server: 'server',
  network: 'network',
  'virtual-machine': 'virtual machine',
  domain: 'domain',
  ip: 'IP',
} as const;

type Made = Omit<Entry, 'key' | 'name' | 'text' | 'id'> & { id?: string; also?: readonly (string | null)[] };

function entry({ id = '', also = [], ...made }: Made): Entry {
  const name = made.label.toLowerCase();
  const text = [name, id, ...also].join(' ').toLowerCase();
  return { ...made, key: `${made.what}:${id || made.label}`, name, id: id.toLowerCase(), text };
}

/** Everything the palette finds, pages first. */
export function entriesOf(data: PaletteData): Entry[] {
  const { nodes, deployments, bookings, claims, people, variables } = data;
  return [
    ...[...navigation, ...furtherPages].map((page) =>
      entry({ label: page.label, what: 'page', opening: { by: 'page', page } }),
    ),
    ...nodes.flatMap((node) => knownEntry(node) ?? []),
    ...deployments.map((robot) =>
      entry({
        id: robot.id,
        label: deploymentName(robot),
        what: 'robot',
        also: [robot.type, plainName(robot), robot.region],
        opening: { by: 'resource', kind: 'deployment', id: robot.id },
      }),
    ),
    ...bookings.map((booking) =>
      entry({
        id: booking.id,
        label: bookingName(booking),
        what: 'booking',
        also: [booking.type, booking.owner, booking.deploymentId],
        state: { current: booking.state },
        opening: { by: 'resource', kind: 'booking', id: booking.id },
      }),
    ),
    ...claims.map((claim) =>
      entry({
        id: claim.id,
        label: claim.containerName,
        what: 'claim',
        also: [claim.owner, claim.instanceId],
        state: { current: claim.state },
        opening: { by: 'resource', kind: 'claim', id: claim.id },
      }),
    ),
    ...people.map(({ name }) => entry({ label: name, what: 'person', opening: { by: 'person', name } })),
    ...variables.map(({ name }) =>
      entry({ label: name, what: 'variable', opening: { by: 'variable', name } }),
    ),
  ];
}

/** Of nodes as they are now: one read that comes in, or one node that changes, does not make 10,000 entries anew. */
const known = new WeakMap<TopologyNode, Entry>();

function knownEntry(node: TopologyNode): Entry | undefined {
  const made = known.get(node) ?? nodeEntry(node);
  if (made !== undefined) known.set(node, made);
  return made;
}

/** Undefined for what has no page of its own: hub, environment and location. */
function nodeEntry(node: TopologyNode): Entry | undefined {
  if (node.kind === 'hub' || node.kind === 'environment' || node.kind === 'location') return undefined;
  const { id, name: label, kind } = node;
  return entry({
    id,
    label,
    what: kind === 'container' && node.service !== null ? 'service' : WHAT[kind],
    also: [
      'identifier' in node ? node.identifier : null,
      ...(kind === 'instance' ? [node.hostname, node.privateIp] : []),
      kind === 'network' ? node.cidr : null,
      kind === 'domain' ? (node.record?.value ?? null) : null,
    ],
    ...(kind === 'container' || kind === 'instance' ? { part: node } : {}),
    ...(node.state === null
      ? {}
      : { state: { current: node.state.current, health: kind === 'instance' ? node.health : undefined } }),
    opening: { by: 'resource', kind, id },
  });
}
