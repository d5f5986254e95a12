import { Compass, Globe, Variable } from 'lucide-react';

/** What `/environment` leads to, in its order; also in the palette. */
export const environmentPages = [
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
