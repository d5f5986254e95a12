import type { Operation } from '@cyclorama/shared/catalogue.ts';
import { paths } from '@cyclorama/shared/paths.ts';
import { queryOptions } from '@tanstack/react-query';
import { z } from 'zod';

import { api, askUpstream } from '../../api/http.ts';
import { useChange } from '../../api/use-change.ts';
import type { Request } from './request.rules.ts';

/** What the upstream said, as the server passed it on. */
export type Answer = {
  status: number;
  milliseconds: number;
  bytes: number;
  /** Formatted where it is JSON. */
  text: string;
  /** `3: colour, nested`: fields that the catalogue does not name. */
  leftOut: string | null;
};

type Sending = { method: Operation['method'] } & Pick<Request, 'path' | 'body'>;

export const useOperation = () =>
  useChange({
    async change({ method, path, body }: Sending, key): Promise<Answer> {
      const begun = performance.now();
      const response = await askUpstream(method, path, { body, key });
      const text = await response.text();
      return {
        status: response.status,
        milliseconds: performance.now() - begun,
        bytes: new TextEncoder().encode(text).length,
        text: formatted(text),
        leftOut: response.headers.get('x-fields-left-out'),
      };
    },
  });

function formatted(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}

const serverAnswer = z.object({ data: z.object({ hostname: z.string() }) });

/** Of the server this dashboard runs on. */
export const hostnameQuery = queryOptions({
  queryKey: ['explorer', 'hostname'],
  queryFn: async ({ signal }) =>
    (await api.get(paths.proxy('cycle', '/v1/server'), serverAnswer, { signal })).data.hostname,
  staleTime: 60_000,
});
