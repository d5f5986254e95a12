import type { LayoutRequest } from './columns.ts';
import { createLayoutEngine } from './layout-engine.ts';

const answer = createLayoutEngine();

self.addEventListener('message', (event: MessageEvent<LayoutRequest>) => {
  const reply = answer(event.data);
  const { node, x, y } = reply.layout;
  self.postMessage(reply, { transfer: [node.buffer, x.buffer, y.buffer] });
});
