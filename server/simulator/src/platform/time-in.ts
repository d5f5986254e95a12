import { ApiError } from '../http/reply.ts';

/** A time of the query in epoch milliseconds; undefined where it has none. @throws ApiError 422 with the name */
export function timeIn(query: URLSearchParams, name: string): number | undefined {
  const text = query.get(name);
  if (text === null) return undefined;
  const time = Date.parse(text);
  if (Number.isNaN(time))
    throw new ApiError(422, '422.invalid-argument', `${name}: expected an RFC 3339 time`, name);
  return time;
}
