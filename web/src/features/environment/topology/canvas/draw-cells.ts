import type { StateShape, StateTone } from '../../../../ui/state-visual.ts';
import { cellSize } from '../graph/grid.ts';
import { sharedEnds } from '../graph/labels.ts';
import type { SharedEnds } from '../graph/labels.ts';
import { frameOfCell } from '../graph/place.ts';
import type { Scene, SceneFrame } from '../graph/place.ts';
import { styleCount, styleOf } from './cell-styles.ts';
import { tracePath } from './glyph.ts';
import type { Pass } from './picture.ts';
import { fontFamily, shorten } from './text.ts';
import type { Font } from './text.ts';

/** Visible cells grouped by style, so that the canvas state changes once per group. */
type Buckets = {
  cells: Int32Array;
  starts: Int32Array;
};

function sortIntoBuckets(pass: Pass): Buckets {
  const { scene, visible, styles } = pass;
  const starts = new Int32Array(styleCount + 1);
  const seen: number[] = [];
  const right = visible.x + visible.width;
  const bottom = visible.y + visible.height;
  for (const frame of scene.frames) {
    if (frame.x > right || frame.y > bottom || frame.x + frame.width < visible.x) continue;
    if (frame.y + frame.height < visible.y) continue;
    for (let cell = frame.first; cell < frame.first + frame.count; cell += 1) {
      const x = scene.x[cell] ?? 0;
      const y = scene.y[cell] ?? 0;
      if (x > right || y > bottom || x + cellSize.width < visible.x || y + cellSize.height < visible.y)
        continue;
      seen.push(cell);
      starts[(styles[cell] ?? 0) + 1] = (starts[(styles[cell] ?? 0) + 1] ?? 0) + 1;
    }
  }
  for (let bucket = 1; bucket <= styleCount; bucket += 1)
    starts[bucket] = (starts[bucket] ?? 0) + (starts[bucket - 1] ?? 0);
  const next = starts.slice();
  const cells = new Int32Array(seen.length);
  for (const cell of seen) {
    const bucket = styles[cell] ?? 0;
    cells[next[bucket] ?? 0] = cell;
    next[bucket] = (next[bucket] ?? 0) + 1;
  }
  return { cells, starts };
}

/** Least urgent first, so that urgent cells are drawn on top. */
function eachBucket(
  buckets: Buckets,
  draw: (cells: Int32Array, shape: StateShape | 'none', tone: StateTone) => void,
  before: (lit: boolean) => void,
): void {
  for (let bucket = 0; bucket < styleCount; bucket += 1) {
    const cells = buckets.cells.subarray(buckets.starts[bucket], buckets.starts[bucket + 1]);
    if (cells.length === 0) continue;
    const { shape, tone, lit } = styleOf(bucket);
    before(lit);
    draw(cells, shape, tone);
  }
}

/** At `far` draws only the cells that need attention; the frames' bars show the rest. */
export function drawCells(pass: Pass): void {
  const { ctx, detail } = pass;
  const buckets = sortIntoBuckets(pass);
  const dim = (lit: boolean) => {
    ctx.globalAlpha = lit ? 1 : 0.25;
  };
  if (detail === 'near') {
    eachBucket(buckets, (cells, shape, tone) => drawNear(pass, cells, shape, tone), dim);
  } else {
    eachBucket(
      buckets,
      (cells, shape, tone) => {
        const isShown = pass.picture.fill === null ? detail === 'middle' : tone === 'warning';
        if (isShown || tone === 'danger') drawMarks(pass, cells, shape, tone);
      },
      dim,
    );
  }
  ctx.globalAlpha = 1;
}

/** Smallest side of a failed cell's mark in pixels, so that it is visible at any zoom. */
const LEAST_FAILURE = 4;

/** The mark's form shows the state: full, half, outline or broken line. */
function drawMarks({ ctx, picture, scene }: Pass, cells: Int32Array, shape: string, tone: StateTone): void {
  const { view, palette } = picture;
  const least = tone === 'danger' ? LEAST_FAILURE : 1;
  const width = Math.max(least, Math.floor(cellSize.width * view.k));
  const height = Math.max(least, Math.floor(cellSize.height * view.k));
  ctx.fillStyle = tone === 'success' ? palette.healthy : palette.tone[tone];
  ctx.strokeStyle = ctx.fillStyle;
  ctx.lineWidth = 1;
  for (const cell of cells) {
    const x = Math.round((scene.x[cell] ?? 0) * view.k + view.x);
    const y = Math.round((scene.y[cell] ?? 0) * view.k + view.y);
    if (shape === 'filled' || shape === 'square') ctx.fillRect(x, y, width, height);
    else if (shape === 'half') {
      ctx.fillRect(x, y, width / 2, height);
      ctx.fillRect(x, y + height - 1, width, 1);
    } else if (shape === 'dashed') {
      ctx.fillRect(x, y, width / 5, height);
      ctx.fillRect(x + width * 0.4, y, width / 5, height);
      ctx.fillRect(x + width * 0.8, y, width / 5, height);
    } else ctx.strokeRect(x + 0.5, y + 0.5, width - 1, height - 1);
  }
}

const shares = new WeakMap<Scene, Map<SceneFrame, SharedEnds>>();

/** What the names of a cell's frame have in common; read only once a name doesn't fit. */
function sharedIn(scene: Scene, cell: number): SharedEnds {
  const ofScene = shares.get(scene) ?? new Map<SceneFrame, SharedEnds>();
  shares.set(scene, ofScene);
  const frame = frameOfCell(scene.frames, cell);
  const known = frame === undefined ? undefined : ofScene.get(frame);
  if (frame === undefined || known !== undefined) return known ?? sharedEnds([]);
  const nodes = scene.nodes.slice(frame.first, frame.first + frame.count);
  // The name of an instance is its container's and an ending, so that one alone shares its beginning too.
  const hosts = new Set(nodes.map(({ source }) => ('hostname' in source ? source.hostname : '')));
  const made = sharedEnds([...nodes.map((node) => node.name), ...hosts]);
  ofScene.set(frame, made);
  return made;
}

/** Height in pixels from which a cell shows its name. */
const LEAST_NAMED = 14;

function drawNear(
  { ctx, picture, scene }: Pass,
  cells: Int32Array,
  shape: StateShape | 'none',
  tone: StateTone,
): void {
  const { view, palette } = picture;
  const width = cellSize.width * view.k;
  const height = cellSize.height * view.k;
  const radius = Math.min(6, Math.max(3, height * 0.18));
  const font: Font = { size: Math.min(15, Math.max(10, height * 0.45)), weight: 400 };
  const left = radius * 2 + 10;
  if (picture.fill === null) {
    ctx.fillStyle =
      tone === 'danger' ? palette.dangerSoft : tone === 'warning' ? palette.warningSoft : palette.background;
    for (const cell of cells) ctx.fillRect(screenX(cell), screenY(cell), width, height);
  }
  if (shape !== 'none') {
    ctx.beginPath();
    ctx.fillStyle = palette.tone[tone];
    ctx.strokeStyle = palette.tone[tone];
    ctx.lineWidth = 1.5;
    for (const cell of cells)
      tracePath(ctx, shape, screenX(cell) + radius + 5, screenY(cell) + height / 2, radius);
    if (shape === 'ring' || shape === 'dashed') ctx.stroke();
    else ctx.fill();
  }
  if (height < LEAST_NAMED) return;
  ctx.font = `${font.size}px ${fontFamily}`;
  ctx.textBaseline = 'middle';
  ctx.fillStyle = palette.text;
  for (const cell of cells) {
    const node = scene.nodes[cell];
    if (node === undefined) continue;
    const indent = shape === 'none' ? 8 : left;
    const shared = () => sharedIn(scene, cell);
    const text = shorten(ctx, node.name, { room: width - indent - 4, font, shared });
    if (text !== '') ctx.fillText(text, screenX(cell) + indent, screenY(cell) + height / 2 + 0.5);
  }

  function screenX(cell: number): number {
    return (scene.x[cell] ?? 0) * view.k + view.x;
  }
  function screenY(cell: number): number {
    return (scene.y[cell] ?? 0) * view.k + view.y;
  }
}
