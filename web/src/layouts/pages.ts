import {
  Activity,
  Bot,
  Boxes,
  ChartLine,
  FunctionSquare,
  Layers,
  LayoutDashboard,
  Network,
  Server,
  Siren,
  Users,
} from 'lucide-react';

/** In the sidebar, the palette, the shortcut sheet, and under `g` and their letter. */
export const navigation = [
  { to: '/', label: 'Overview', letter: 'o', icon: LayoutDashboard },
  { to: '/topology', label: 'Topology', letter: 't', icon: Network },
  { to: '/containers', label: 'Containers', letter: 'c', icon: Boxes },
  { to: '/instances', label: 'Instances', letter: 'i', icon: Server },
  { to: '/environment', label: 'Environment', letter: 'e', icon: Layers },
  { to: '/telemetry', label: 'Telemetry', letter: 'm', icon: ChartLine },
  { to: '/functions', label: 'Functions', letter: 'f', icon: FunctionSquare },
  { to: '/robots', label: 'Robots', letter: 'r', icon: Bot },
  { to: '/alerts', label: 'Alerts', letter: 'l', icon: Siren },
  { to: '/activity', label: 'Activity', letter: 'a', icon: Activity },
  { to: '/team', label: 'Team', letter: 'p', icon: Users },
] as const;
