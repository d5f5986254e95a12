import type { ReactNode } from 'react';

import { CopyId } from '../../../../ui/copy.tsx';
import { Ago, FromNow } from '../../../../ui/time.tsx';
import { publicNetworkLabel } from '../../public-network.ts';
import type { GraphSource } from '../graph/build.ts';
import { healthLabels } from '../rules.ts';

type Fact = readonly [string, ReactNode];

export function factsOf(source: GraphSource): Fact[] {
  switch (source.kind) {
    case 'instance':
      return [
        ['Health', healthLabels[source.health]],
        ['Ready', source.ready === null ? null : yesNo(source.ready)],
        ['Ready state', source.readyState],
        ['Part', partOf(source)],
        ['Hostname', code(source.hostname)],
        ['Private IP', code(source.privateIp)],
        ['Version', source.deployment],
        ['Migrating to', id(source.migratingTo)],
        ['Started', source.startedAt === null ? null : <Ago at={source.startedAt} />],
      ];
    case 'container':
      return [
        ['Identifier', code(source.identifier)],
        ['Part', partOf(source)],
        ['Desired instances', source.desiredInstances],
        ['Strategy', source.strategy],
        ['Public network', publicNetworkLabel(source.publicNetwork)],
        ['Version', source.deployment],
      ];
    case 'environment':
      return [
        ['Identifier', code(source.identifier)],
        ['Cluster', source.cluster],
      ];
    case 'server':
      return [
        ['Provider', source.provider],
        ['This dashboard', source.isOwn ? 'runs on this server' : null],
      ];
    case 'location':
      return [['Provider', source.provider]];
    case 'network':
      return [
        ['Identifier', code(source.identifier)],
        ['Addresses', code(source.cidr)],
      ];
    case 'ip':
      return [['Family', source.family === 'ipv4' ? 'IPv4' : 'IPv6']];
    case 'domain':
      return [
        ['TLS', yesNo(source.tls)],
        [
          'Certificate expires',
          source.certificateExpires === null ? null : <FromNow at={source.certificateExpires} />,
        ],
      ];
    case 'virtual-machine':
      return [['Identifier', code(source.identifier)]];
    case 'robot':
      return [
        ['Type', source.robot.type],
        ['Region', source.robot.region],
        ['Booked by', source.booking?.owner ?? null],
        ['Queue length', source.robot.queueLength],
      ];
    default:
      return [];
  }
}

function partOf({ service, isFunction }: { service: string | null; isFunction: boolean }): string | null {
  return service === null ? (isFunction ? 'function pool' : null) : `${service} service`;
}

function yesNo(value: boolean): string {
  return value ? 'Yes' : 'No';
}

function code(text: string | null): ReactNode {
  return text === null || text === '' ? null : <code className="font-mono text-xs break-all">{text}</code>;
}

function id(value: string | null): ReactNode {
  return value === null ? null : <CopyId id={value} />;
}
