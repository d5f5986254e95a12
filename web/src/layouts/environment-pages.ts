import {
  Bell,
  Building2,
  Compass,
  Database,
  Globe,
  HardDrive,
  ListChecks,
  Monitor,
  Network,
  Send,
  Settings,
  ToyBrick,
  Variable,
} from 'lucide-react';

/** What `/environment` leads to, in its order; also in the palette. */
export const environmentPages = [
  {
    to: '/servers',
    label: 'Servers',
    icon: HardDrive,
    about: 'What the instances run on, with images; reboot and power off for admins.',
  },
  {
    to: '/services',
    label: 'Services',
    icon: ToyBrick,
    about: 'Load balancer, discovery, VPN, scheduler and gateway, and how they are set.',
  },
  {
    to: '/networks',
    label: 'Networks',
    icon: Network,
    about: 'SDN networks, the environments they join, and their instances.',
  },
  {
    to: '/virtual-machines',
    label: 'Virtual machines',
    icon: Monitor,
    about: 'With their domains, volumes and gateways.',
  },
  {
    to: '/addresses',
    label: 'Domains and IPs',
    icon: Globe,
    about: 'Where each leads, who uses it, and how long its certificate is good for.',
  },
  {
    to: '/variables',
    label: 'Variables',
    icon: Variable,
    about: 'Scoped variables, masked; an admin shows one at a time, on record.',
  },
  {
    to: '/settings',
    label: 'Settings',
    icon: Settings,
    about: 'Features, monitoring, load balancer, VPN and the metadata file, as Cycle has them.',
  },
  {
    to: '/notifications',
    label: 'Notifications',
    icon: Bell,
    about: 'What Cycle tells as it happens, raw; filter it, or pause and read.',
  },
  {
    to: '/object-cache',
    label: 'Object cache',
    icon: Database,
    about: 'Read what programs keep by scope and key, or put a value there for a time.',
  },
  {
    to: '/monitoring',
    label: 'Send to monitoring',
    icon: Send,
    about: 'Metrics, events and load balancer telemetry, by hand or as curl.',
  },
  {
    to: '/hub',
    label: 'Hub',
    icon: Building2,
    about: 'The hub the environment belongs to, and its integrations.',
  },
  {
    to: '/jobs',
    label: 'Jobs',
    icon: ListChecks,
    about: 'What Cycle works on, step by step to its end.',
  },
  {
    to: '/explorer',
    label: 'Explorer',
    icon: Compass,
    about: 'Every operation of the upstreams, to be read or sent from here.',
  },
] as const;
