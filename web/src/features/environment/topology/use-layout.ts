import { useLayoutEffect, useRef, useState } from 'react';

import type { Graph, GraphNode } from './graph/build.ts';
import { toNodeColumns } from './graph/columns.ts';
import type { LayoutColumns, LayoutReply, LayoutRequest } from './graph/columns.ts';
import type { Filtered } from './graph/filter.ts';
import type { GroupBy } from './graph/group.ts';
import { createLayoutEngine } from './graph/layout-engine.ts';

/** `key` names the filter and grouping; nodes keep their places while it stays the same. */
export type MadeLayout = {
  layout: LayoutColumns;
  order: readonly string[];
  key: string;
};

type LayoutSource = {
  graph: Graph;
  filtered: Filtered;
  by: GroupBy;
  key: string;
  aspect: number;
};

type Asked = {
  request: number;
  key: string;
  signature: string;
};

/** Lays the graph out in a worker. Keeps the last layout until the next is ready; null before the first. */
export function useLayout(source: LayoutSource | null): MadeLayout | null {
  const [made, setMade] = useState<MadeLayout | null>(null);
  const post = useRef<((request: LayoutRequest, reply: (reply: LayoutReply) => void) => void) | null>(null);
  const asked = useRef<Asked>({ request: 0, key: '', signature: '' });

  // Starts the worker before the first paint, so that it is ready when the data arrives.
  useLayoutEffect(() => {
    const started = startWorker();
    post.current = started.post;
    return () => {
      started.stop();
      post.current = null;
      asked.current = { request: asked.current.request, key: '', signature: '' };
    };
  }, []);

  useLayoutEffect(() => {
    if (source === null || post.current === null) return;
    const { graph, filtered, by, key, aspect } = source;
    const signature = `${key}|${graph.structure}|${placeOf(filtered.nodes, graph)}|${filtered.matches.size}`;
    if (signature === asked.current.signature) return;
    const request = asked.current.request + 1;
    const keep = asked.current.key === key;
    asked.current = { request, key, signature };
    const order = filtered.nodes.map((node) => node.id);
    const nodes = toNodeColumns(filtered.nodes, filtered.matches);
    post.current({ request, nodes, by, aspect, keep }, (reply) => {
      if (reply.request === asked.current.request) setMade({ layout: reply.layout, order, key });
    });
  }, [source]);

  return made;
}

/** Cache key of a filtered set; for the whole graph its structure number is enough. */
function placeOf(nodes: readonly GraphNode[], graph: Graph): string {
  return nodes === graph.nodes ? 'all' : nodes.map((node) => node.id).join(',');
}

function startWorker(): {
  post: (request: LayoutRequest, reply: (reply: LayoutReply) => void) => void;
  stop: () => void;
} {
  if (typeof Worker === 'undefined') {
    const answer = createLayoutEngine();
    return { post: (request, reply) => reply(answer(request)), stop: () => {} };
  }
  const worker = new Worker(new URL('./graph/layout.worker.ts', import.meta.url), { type: 'module' });
  return {
    post(request, reply) {
      worker.addEventListener('message', function take(event: MessageEvent<LayoutReply>) {
        if (event.data.request !== request.request) return;
        worker.removeEventListener('message', take);
        reply(event.data);
      });
      const { traits, references } = request.nodes;
      worker.postMessage(request, [traits.buffer, references.buffer]);
    },
    stop: () => worker.terminate(),
  };
}
