/** Cycle's modes of a container's `config.network.public`; a mode that is not known here is shown as it is. */
const LABELS: Record<string, string> = {
  enable: 'In and out',
  'egress-only': 'Out only',
  'environment-limited': 'Environment only',
  disable: 'Off',
};

export const publicNetworkLabel = (mode: string | null): string | null =>
  mode === null ? null : (LABELS[mode] ?? mode);
