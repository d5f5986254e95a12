import type { Schema } from './values.ts';

/** The parts of an OpenAPI document that the fuzz attacks. */
export type Document = {
  paths: Record<string, Record<string, OperationObject>>;
  components: { schemas: Record<string, Schema> };
};
type OperationObject = {
  parameters?: { in: string; name: string; schema: Schema }[];
  requestBody?: { content: Record<string, { schema: Schema }> };
};

export type Operation = {
  method: string;
  /** With `{id}`. */
  path: string;
  query: { name: string; schema: Schema }[];
  params: Record<string, Schema>;
  body: Schema | null;
};

export function operationsOf({ paths }: Document): Operation[] {
  return Object.entries(paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, { parameters = [], requestBody }]) => ({
      method: method.toUpperCase(),
      path,
      query: parameters.filter((each) => each.in === 'query'),
      params: Object.fromEntries(
        parameters.filter((each) => each.in === 'path').map(({ name, schema }) => [name, schema]),
      ),
      body: requestBody?.content['application/json']?.schema ?? null,
    })),
  );
}

/**
 * What would end the world that is attacked, or the attackers' own way in: asked only by who may not, so that the rest
 * of the run still meets a working server.
 */
export function endsTheWorld({ method, path }: Pick<Operation, 'method' | 'path'>): boolean {
  return (
    method !== 'GET' &&
    /power|purge|revoke|account\/token|\/team\/|\/people|\/sessions|^\/api\/session$/.test(path)
  );
}
