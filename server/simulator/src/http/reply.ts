export type Reply = { status: number; body: string; headers?: Record<string, string> };

export class ApiError extends Error {
  readonly status: number;
  readonly code: string;
  readonly detail: string;
  readonly source: string | undefined;
  readonly extra: { capability: string } | undefined;

  constructor(status: number, code: string, detail: string, source?: string, extra?: { capability: string }) {
    super(detail);
    this.status = status;
    this.code = code;
    this.detail = detail;
    this.source = source;
    this.extra = extra;
  }
}

export function json(status: number, value: unknown): Reply {
  return { status, body: JSON.stringify(value) };
}

export function data(value: unknown): Reply {
  return json(200, { data: value });
}

/** `{data: [...]}` from items that are JSON text already. */
export function dataList(items: string[]): Reply {
  return { status: 200, body: `{"data":[${items.join(',')}]}` };
}

export function errorEnvelope(error: ApiError): Reply {
  const title = error.code
    .replace(/^\d+\./, '')
    .split(/[.-]/)
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join(' ');
  return json(error.status, {
    data: null,
    error: {
      status: error.status,
      code: error.code,
      title,
      detail: error.detail,
      ...(error.source === undefined ? {} : { source: error.source }),
      ...(error.extra === undefined ? {} : { extra: error.extra }),
    },
  });
}
