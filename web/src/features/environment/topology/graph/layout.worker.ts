import { createLayoutAnswerer } from './answer.ts';
import type { LayoutRequest } from './columns.ts';

const answer = createLayoutAnswerer();

self.addEventListener('message', (event: MessageEvent<LayoutRequest>) => {
  const reply = answer(event.data);
  const { node, x, y } = reply.layout;
  self.postMessage(reply, { transfer: [node.buffer, x.buffer, y.buffer] });
});
