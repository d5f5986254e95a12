import type { StateShape, StateTone } from '../../../../ui/state-visual.ts';
import type { Scene } from '../graph/place.ts';

const shapes: (StateShape | 'none')[] = ['none', 'ring', 'dashed', 'filled', 'half', 'square'];
const tones: StateTone[] = ['neutral', 'success', 'muted', 'warning', 'danger'];
const perHalf = shapes.length * tones.length;

export const styleCount = perHalf * 2;

export type CellStyle = {
  shape: StateShape | 'none';
  tone: StateTone;
  /** False when a search is active and did not match. */
  lit: boolean;
};

/** One style number per cell. Higher numbers are more urgent and are drawn on top. */
export function cellStyles(scene: Scene, found: ReadonlySet<string> | null): Uint8Array {
  return Uint8Array.from(scene.nodes, (node) => {
    const tone = tones.indexOf(node.visual?.tone ?? 'neutral');
    const shape = shapes.indexOf(node.visual?.shape ?? 'none');
    const lit = found === null || found.has(node.id);
    return (lit ? perHalf : 0) + tone * shapes.length + shape;
  });
}

export function styleOf(style: number): CellStyle {
  const at = style % perHalf;
  return {
    shape: shapes[at % shapes.length] ?? 'none',
    tone: tones[Math.floor(at / shapes.length)] ?? 'neutral',
    lit: style >= perHalf,
  };
}
