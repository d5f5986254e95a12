import { Compass, Globe, HardDrive, Monitor, Network, ToyBrick, Variable } from 'lucide-react';

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
    to: '/explorer',
    label: 'Explorer',
    icon: Compass,
    about: 'Every operation of the upstreams, to be read or sent from here.',
  },
] as const;
