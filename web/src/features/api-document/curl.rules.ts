import { toCurl } from '../../lib/curl.ts';
import { exampleOf } from '../../lib/json-schema.ts';
import type { Schemas } from '../../lib/json-schema.ts';
import type { OperationRow } from './rows.ts';

/** Null for what no script of a person may do. What has to be filled in stands as `:id`, since curl would expand braces. */
export function curlOf(
  { method, path, role, sessionOnly, operation }: OperationRow,
  { schemas, dashboardUrl }: { schemas: Schemas; dashboardUrl: string },
): string | null {
  if (sessionOnly || role === 'secret') return null;
  const body = operation.requestBody?.content['application/json']?.schema;
  const url = dashboardUrl + path.replaceAll(/\{(\w+)\}/g, ':$1');
  const required = operation.parameters.filter((each) => each.in === 'query' && each.required);
  const query = required.map(({ name, schema }) => `${name}=${asText(exampleOf(schema, schemas))}`).join('&');
  return toCurl({
    method,
    url: query === '' ? url : `${url}?${query}`,
    withToken: role !== 'anyone',
    body: body === undefined ? undefined : exampleOf(body, schemas),
  });
}

function asText(value: unknown): string {
  return typeof value === 'string' ? encodeURIComponent(value) : JSON.stringify(value);
}
