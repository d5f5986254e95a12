type TopologyKey = {
  /** As shown, and as the browser names them where that differs. */
  keys: readonly string[];
  also?: readonly string[];
  what: string;
};

/** Of the picture: its handler asks `isTopologyKey`, the sheet of shortcuts lists them. */
export const topologyKeys = {
  lane: { keys: ['↑', '↓'], also: ['ArrowUp', 'ArrowDown'], what: 'Walk a lane' },
  lines: { keys: ['←', '→'], also: ['ArrowLeft', 'ArrowRight'], what: 'Follow the lines' },
  first: { keys: ['Home'], what: 'Go to the lane’s first' },
  last: { keys: ['End'], what: 'Go to the lane’s last' },
  open: { keys: ['Enter'], what: 'Open the details' },
  back: { keys: ['Esc'], also: ['Escape'], what: 'Go back' },
  zoomIn: { keys: ['+'], also: ['='], what: 'Zoom in' },
  zoomOut: { keys: ['-'], what: 'Zoom out' },
  fit: { keys: ['0'], what: 'Show everything' },
  next: { keys: ['j'], what: 'Next match of the search' },
  previous: { keys: ['k'], what: 'Previous match of the search' },
} as const satisfies Record<string, TopologyKey>;

export function isTopologyKey(name: keyof typeof topologyKeys, key: string): boolean {
  const { keys, also = [] }: TopologyKey = topologyKeys[name];
  return keys.includes(key) || also.includes(key);
}
