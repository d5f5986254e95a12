/// <reference lib="dom" />

import { createRequire } from 'node:module';

import { browserAdvice, findBrowser } from '../lib/browser.ts';

export type Page = {
  goto(url: string): Promise<unknown>;
  evaluate<T>(script: string | (() => T | Promise<T>)): Promise<T>;
  waitForFunction(script: () => boolean): Promise<unknown>;
  close(): Promise<void>;
  context(): { newCDPSession(page: Page): Promise<DevTools> };
};
type DevTools = {
  send(method: 'HeapProfiler.collectGarbage'): Promise<void>;
  send(method: 'Runtime.getHeapUsage'): Promise<{ usedSize: number }>;
};
export type Browser = {
  newPage(options: { viewport: { width: number; height: number } }): Promise<Page>;
  close(): Promise<void>;
};

/** Opens headless Chromium without a GPU. @throws with advice where there is no browser */
export async function launchBrowser(): Promise<Browser> {
  const executablePath = findBrowser();
  if (executablePath === null) throw new Error(browserAdvice);
  const require = createRequire(new URL('../../e2e/package.json', import.meta.url));
  const { chromium } = require('@playwright/test') as {
    chromium: { launch(options: object): Promise<Browser> };
  };
  const args = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run'];
  return chromium.launch({
    executablePath,
    args: [...args, '--disable-background-networking', '--disable-component-update', '--disable-sync'],
  });
}

export async function firstPicture(page: Page): Promise<number> {
  await page.waitForFunction(() => performance.getEntriesByName('topology:painted').length > 0);
  return page.evaluate(() => {
    const at = (name: string) => performance.getEntriesByName(name)[0]?.startTime ?? Number.NaN;
    return at('topology:painted') - at('topology:data');
  });
}

export function panAndZoom(page: Page): Promise<number[]> {
  return page.evaluate(async () => {
    const host = document.querySelector('[role=application]');
    if (host === null) throw new Error('the topology picture is not on the page');
    const box = host.getBoundingClientRect();
    const centre = { x: box.left + box.width / 2, y: box.top + box.height / 2 };
    const mouse = (type: string, x: number, y: number, target: EventTarget) =>
      target.dispatchEvent(new MouseEvent(type, { clientX: x, clientY: y, bubbles: true, view: window }));
    const wheel = (deltaY: number) =>
      host.dispatchEvent(
        new WheelEvent('wheel', {
          deltaY,
          clientX: centre.x,
          clientY: centre.y,
          bubbles: true,
          cancelable: true,
        }),
      );
    const frames: number[] = [];
    await new Promise<void>((done) => {
      let start: number | undefined;
      let last = 0;
      const step = (now: number) => {
        if (start !== undefined) frames.push(now - last);
        else mouse('mousedown', centre.x, centre.y, host);
        start ??= now;
        last = now;
        const at = now - start;
        if (at < 1500) mouse('mousemove', centre.x + 150 * Math.sin(at / 250), centre.y + at / 12, window);
        else if (at - 17 < 1500) mouse('mouseup', centre.x, centre.y, window);
        else wheel(at < 2250 ? -40 : 40);
        if (at < 3000) requestAnimationFrame(step);
        else done();
      };
      requestAnimationFrame(step);
    });
    mouse('mouseup', centre.x, centre.y, window);
    return frames;
  });
}

/** Milliseconds from each key to the frame that shows its answer. */
export function typeInPalette(page: Page): Promise<number[]> {
  return page.evaluate(async () => {
    const shown = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
    window.dispatchEvent(new KeyboardEvent('keydown', { key: 'k', ctrlKey: true, bubbles: true }));
    let box: HTMLInputElement | null = null;
    while (box === null) {
      await shown();
      box = document.querySelector('[role=dialog] input');
    }
    // As typing does: React overrides the setter of the element itself.
    const write = (text: string) => Reflect.set(HTMLInputElement.prototype, 'value', text, box);
    const times: number[] = [];
    for (const text of ['planner-12', 'restart api', '00000f', 'brk']) {
      for (let length = 1; length <= text.length; length += 1) {
        const begun = performance.now();
        write(text.slice(0, length));
        box.dispatchEvent(new Event('input', { bubbles: true }));
        await shown();
        times.push(performance.now() - begun);
      }
    }
    return times;
  });
}

export function pixels(page: Page): Promise<number[]> {
  return page.evaluate(() => {
    const canvas = document.querySelector('canvas');
    const image = canvas?.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height);
    return image === undefined ? [] : Array.from(new Uint32Array(image.data.buffer));
  });
}

/** When the newest scene was drawn, in epoch milliseconds; 0 before the first update. */
export function lastUpdate(page: Page): Promise<number> {
  return page.evaluate(() => {
    const [mark] = performance.getEntriesByName('topology:updated');
    return mark === undefined ? 0 : performance.timeOrigin + mark.startTime;
  });
}

export async function heapMegabytes(page: Page): Promise<number> {
  const tools = await page.context().newCDPSession(page);
  await tools.send('HeapProfiler.collectGarbage');
  const { usedSize } = await tools.send('Runtime.getHeapUsage');
  return usedSize / 1_048_576;
}
