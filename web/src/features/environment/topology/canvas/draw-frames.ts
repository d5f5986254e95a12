import type { StateTone } from '../../../../ui/state-visual.ts';
import { GUTTER } from '../graph/layout.ts';
import type { SceneFrame } from '../graph/place.ts';
import { overlaps } from './picture.ts';
import type { Pass } from './picture.ts';
import { fontFamily, shorten, textWidth } from './text.ts';
import type { Font } from './text.ts';

type ScreenFrame = {
  frame: SceneFrame;
  x: number;
  y: number;
  width: number;
  height: number;
};

/** Services are tinted, function pools dashed. */
export function drawFrames(pass: Pass): void {
  const { ctx, picture, scene, visible, detail } = pass;
  const { view, palette } = picture;
  const shown = scene.frames.filter((frame) => overlaps(frame, visible)).map(onScreen);
  const lanes = shown.filter(({ frame }) => frame.depth === 1);
  const frames = shown.filter(({ frame }) => frame.depth > 1);
  for (const { frame, x, y, width, height } of frames) {
    ctx.fillStyle = frame.node?.part === 'service' ? palette.sunken : palette.panel;
    ctx.fillRect(x, y, width, height);
  }
  if (detail === 'far' && picture.fill === null) for (const frame of frames) drawBar(pass, frame);
  for (const { frame, x, y, width, height } of frames) {
    const failed = needsAttention(frame);
    ctx.strokeStyle = failed ? palette.tone.danger : frame.node === null ? palette.line : palette.lineStrong;
    ctx.lineWidth = failed ? 1.5 : 1;
    ctx.setLineDash(frame.node?.part === 'function' ? [5, 3] : []);
    ctx.strokeRect(x + 0.5, y + 0.5, width - 1, height - 1);
  }
  ctx.setLineDash([]);
  const heading = scene.heading * view.k;
  if (heading < 10) return;
  for (const frame of frames) drawHeading(pass, frame, heading);
  for (const lane of lanes) drawLane(pass, lane, heading);

  function onScreen(frame: SceneFrame): ScreenFrame {
    const x = Math.round(frame.x * view.k + view.x);
    const y = Math.round(frame.y * view.k + view.y);
    const width = Math.max(2, Math.round(frame.width * view.k));
    return { frame, x, y, width, height: Math.max(2, Math.round(frame.height * view.k)) };
  }
}

/**
 * A frame turns red when its container has failed or a third of its cells have; single failed cells show on their own.
 */
function needsAttention({ node, tally, total }: SceneFrame): boolean {
  return node?.visual?.tone === 'danger' || (total > 0 && (tally.danger ?? 0) * 3 >= total);
}

const barOrder: StateTone[] = ['success', 'neutral', 'muted', 'warning', 'danger'];

/** At `far`: share of each state as a bar. */
function drawBar({ ctx, picture }: Pass, { frame, x, y, width, height }: ScreenFrame): void {
  if (frame.count === 0) return;
  let left = x;
  for (const tone of barOrder) {
    const share = (width * (frame.tally[tone] ?? 0)) / frame.count;
    ctx.fillStyle = tone === 'success' ? picture.palette.healthy : picture.palette.tone[tone];
    ctx.fillRect(left, y, share, height);
    left += share;
  }
}

const partLabels = { service: 'service', function: 'function pool', plain: '' } as const;

function kindWord({ node }: SceneFrame): string {
  if (node === null) return '';
  return node.kind === 'container' ? partLabels[node.part] : node.kind;
}

/** Name on the left, counts on the right. Drops counts before they overlap. */
function drawHeading(pass: Pass, { frame, x, y, width }: ScreenFrame, heading: number): void {
  const { ctx, picture } = pass;
  const { palette } = picture;
  const font: Font = { size: Math.min(14, Math.max(10, heading * 0.42)), weight: 500 };
  const middle = y + Math.min(heading, 40) / 2 + 1;
  ctx.textBaseline = 'middle';
  ctx.font = `${font.weight} ${font.size}px ${fontFamily}`;
  const room = width - 12;
  const failed = frame.tally.danger ?? 0;
  const counts = failed > 0 ? [`■ ${failed} of ${frame.total}`, `■ ${failed}`, '■'] : [String(frame.total)];
  const spare = room - 8 - textWidth(ctx, frame.label, font);
  const count = frame.total === 0 ? undefined : counts.find((text) => textWidth(ctx, text, font) <= spare);
  const countWidth = count === undefined ? 0 : textWidth(ctx, count, font);
  ctx.fillStyle = palette.text;
  const label = shorten(ctx, frame.label, {
    room: room - (count === undefined ? 0 : countWidth + 8),
    font,
    keep: 'both',
  });
  ctx.fillText(label, x + 6, middle);
  if (count !== undefined) {
    ctx.fillStyle = failed > 0 ? palette.tone.danger : palette.muted;
    ctx.fillText(count, x + width - 6 - countWidth, middle);
  }
  const word = kindWord(frame);
  const used = textWidth(ctx, label, font) + 8 + (count === undefined ? 0 : countWidth + 8);
  if (word === '' || label.includes('…')) return;
  if (used + textWidth(ctx, word, font) > room) return;
  ctx.fillStyle = palette.muted;
  ctx.fillText(word, x + 6 + textWidth(ctx, label, font) + 8, middle);
}

/** Its name above a line; the lane itself has no border. */
function drawLane({ ctx, picture }: Pass, { frame, x, y, width }: ScreenFrame, heading: number): void {
  const { palette } = picture;
  const font: Font = { size: Math.min(13, Math.max(10, heading * 0.42)), weight: 500 };
  ctx.font = `${font.weight} ${font.size}px ${fontFamily}`;
  ctx.textBaseline = 'middle';
  ctx.fillStyle = palette.muted;
  const middle = y + heading / 2;
  ctx.fillText(
    shorten(ctx, frame.label, { room: width + (GUTTER * picture.view.k) / 2, font, keep: 'both' }),
    x + 2,
    middle,
  );
  ctx.fillStyle = palette.line;
  ctx.fillRect(x, Math.round(y + heading - 1), width, 1);
}
