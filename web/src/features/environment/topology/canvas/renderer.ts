import { cellSize } from '../graph/grid.ts';
import { visibleRect } from '../graph/viewport.ts';
import type { Size } from '../graph/viewport.ts';
import { cellStyles } from './cell-styles.ts';
import { drawCells } from './draw-cells.ts';
import { drawFills } from './draw-fills.ts';
import { drawFrames } from './draw-frames.ts';
import { drawRings } from './draw-marks.ts';
import { drawLitWires, drawWires } from './draw-wires.ts';
import { detailFor } from './picture.ts';
import type { Picture } from './picture.ts';

/** Draws only what is visible, and only after a part of the picture was replaced. */
export class Renderer {
  readonly #canvas: HTMLCanvasElement;
  readonly #onDrawn: (picture: Picture) => void;
  #picture: Picture;
  #size: Size = { width: 0, height: 0 };
  #styles: Uint8Array = new Uint8Array();
  #fills: Uint8Array = new Uint8Array();
  #pending: number | null = null;

  /** @param onDrawn called after each drawing of a non-empty scene */
  constructor(canvas: HTMLCanvasElement, picture: Picture, onDrawn: (picture: Picture) => void) {
    this.#canvas = canvas;
    this.#picture = picture;
    this.#onDrawn = onDrawn;
  }

  get picture(): Picture {
    return this.#picture;
  }

  get size(): Size {
    return this.#size;
  }

  show(parts: Partial<Picture>): void {
    this.#picture = { ...this.#picture, ...parts };
    const { scene, found, fill } = this.#picture;
    if (scene !== null && ('scene' in parts || 'found' in parts)) this.#styles = cellStyles(scene, found);
    if (scene !== null && ('scene' in parts || 'fill' in parts))
      this.#fills = fill === null ? new Uint8Array() : Uint8Array.from(scene.nodes, fill.classOf);
    this.#schedule();
  }

  resize(size: Size, pixelRatio: number): void {
    this.#size = size;
    this.#canvas.width = Math.max(1, Math.round(size.width * pixelRatio));
    this.#canvas.height = Math.max(1, Math.round(size.height * pixelRatio));
    this.#cancel();
    // Immediately: resizing clears the canvas, which would flash.
    this.#draw();
  }

  destroy(): void {
    this.#cancel();
  }

  #schedule(): void {
    this.#pending ??= requestAnimationFrame(() => this.#draw());
  }

  #cancel(): void {
    if (this.#pending !== null) cancelAnimationFrame(this.#pending);
    this.#pending = null;
  }

  #draw(): void {
    this.#pending = null;
    const ctx = this.#canvas.getContext('2d', { alpha: false });
    const { scene, view, palette } = this.#picture;
    const size = this.#size;
    if (ctx === null || size.width === 0) return;
    const ratio = this.#canvas.width / size.width;
    ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
    ctx.fillStyle = palette.background;
    ctx.fillRect(0, 0, size.width, size.height);
    if (scene === null) return;
    const detail = detailFor(cellSize.height * view.k);
    const pass = {
      ctx,
      picture: this.#picture,
      scene,
      size,
      visible: visibleRect(view, size),
      detail,
      styles: this.#styles,
      fills: this.#fills,
    };
    drawFrames(pass);
    drawWires(pass);
    drawFills(pass);
    drawCells(pass);
    drawLitWires(pass);
    drawRings(pass);
    this.#onDrawn(this.#picture);
  }
}
