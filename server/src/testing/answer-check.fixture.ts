import type { IncomingMessage, ServerResponse } from 'node:http';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';

import addFormats from 'ajv-formats';
import { Ajv2020 } from 'ajv/dist/2020.js';
import type { ValidateFunction } from 'ajv/dist/2020.js';

import { createApiDocument } from '../features/api-document/document.ts';
import type { ApiDocument } from '../features/api-document/document.ts';
import type { ApiOperation } from '../http/api-operation.ts';

/** `body`: decoded, as text. */
export type SeenAnswer = {
  method: string;
  /** Without query. */
  path: string;
  status: number;
  headers: Record<string, unknown>;
  body: string;
};

/** Says what of an answer the API document does not name; null where all is as it says. */
export type AnswerCheck = (answer: SeenAnswer) => string | null;

type Schema = { $ref: string };
type Media = { schema?: Schema };
type Responses = Record<string, { content?: Record<string, Media> }>;
type Documented = {
  pattern: RegExp;
  literals: number;
  method: string;
  pointer: string;
  responses: Responses;
};

export function createAnswerCheck(document: ApiDocument): AnswerCheck {
  // Referred to, a schema is compiled once; inlined, in each of its places.
  const ajv = new Ajv2020({ strict: false, allErrors: false, inlineRefs: false });
  addFormats.default(ajv);
  ajv.addSchema({ ...document }, 'api');
  const operations = documentedOperations(document);
  const compiled = new Map<string, ValidateFunction>();
  const validatorAt = (pointer: string): ValidateFunction => {
    const known = compiled.get(pointer);
    if (known !== undefined) return known;
    const made = ajv.compile({ $ref: `api#${pointer}` });
    compiled.set(pointer, made);
    return made;
  };
  const problemOf = (pointer: string, value: unknown): string | null => {
    const validator = validatorAt(pointer);
    if (validator(value)) return null;
    const [error] = validator.errors ?? [];
    return `${error?.instancePath ?? ''} ${error?.message ?? ''} ${JSON.stringify(error?.params)}`;
  };

  return ({ method, path, status, headers, body }) => {
    const operation = operations.find((each) => each.method === method && each.pattern.test(path));
    // An unknown address is answered with an error, and with nothing else.
    if (operation === undefined) {
      if (status < 400) return `${status} from an address that the document does not name`;
      return method === 'HEAD' ? null : problemOf('/components/schemas/Error', parse(body));
    }
    const { responses, pointer } = operation;
    const passedOn = headers['x-upstream-status'] !== undefined;
    const key = passedOn ? (status < 300 ? '2XX' : 'default') : String(status);
    const response = responses[key];
    if (response === undefined) return `status ${status} is not documented`;
    const { content } = response;
    if (content === undefined)
      return body === '' ? null : `a body where none is documented: ${body.slice(0, 80)}`;
    if (passedOn && body === '') return null;
    const type = String(headers['content-type']).split(';', 1)[0] ?? '';
    const media = content[type];
    if (media === undefined) return `content type ${type} is not documented`;
    if (media.schema === undefined) return null;
    const at = `${pointer}/responses/${key}/content/${escape(type)}/schema`;
    if (type !== 'text/event-stream') return problemOf(at, parse(body));
    for (const data of body.matchAll(/^data: (.*)\n\n/gm)) {
      const problem = problemOf(at, parse(data[1] ?? ''));
      if (problem !== null) return problem;
    }
    return null;
  };
}

function documentedOperations({ paths = {} }: ApiDocument): Documented[] {
  return Object.entries(paths)
    .flatMap(([path, item]) =>
      Object.entries(item as Record<string, { responses: Responses }>).map(([method, { responses }]) => ({
        // As Express does, with or without a slash at the end.
        pattern: new RegExp(
          `^${path
            .replace(/\/$/, '')
            .replaceAll('.', '\\.')
            .replaceAll(/\{\w+\}/g, '[^/]+')}/?$`,
        ),
        literals: path.replaceAll(/\{\w+\}/g, '').length,
        method: method.toUpperCase(),
        pointer: `/paths/${escape(path)}/${method}`,
        responses,
      })),
    )
    .toSorted((one, other) => other.literals - one.literals);
}

/** RFC 6901, in a URI fragment. */
function escape(part: string): string {
  return encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1'));
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return Symbol('not JSON');
  }
}

let check: AnswerCheck | undefined;

/** Made with the first answer; all servers of a test file have the same operations. */
export function answerCheckOf(operations: readonly ApiOperation[]): AnswerCheck {
  check ??= createAnswerCheck(
    createApiDocument({ operations, version: '0.0.0', cookieName: 'cyclorama', serverUrl: '/' }),
  );
  return check;
}

/** Keeps what the response sends, whoever asked, and gives it to `seen` once it is over. */
export function watchAnswer(
  request: IncomingMessage,
  response: ServerResponse,
  seen: (answer: SeenAnswer) => void,
): void {
  const { method = '', url = '' } = request;
  const path = url.split('?', 1)[0] ?? '';
  if (!path.startsWith('/api/') && path !== '/healthz' && path !== '/readyz') return;
  const chunks: Buffer[] = [];
  const keep = (chunk: unknown): void => {
    if (typeof chunk === 'string' || chunk instanceof Uint8Array) chunks.push(Buffer.from(chunk));
  };
  const write = response.write.bind(response) as (...all: unknown[]) => boolean;
  const end = response.end.bind(response) as (...all: unknown[]) => ServerResponse;
  response.write = (chunk: unknown, ...rest: unknown[]) => {
    keep(chunk);
    return write(chunk, ...rest);
  };
  response.end = (chunk?: unknown, ...rest: unknown[]) => {
    keep(chunk);
    return end(chunk, ...rest);
  };
  response.on('close', () => {
    const headers = response.getHeaders();
    const streams = String(headers['content-type']).startsWith('text/event-stream');
    // A download that broke off, or a caller who hung up: no answer to check.
    if (!response.writableFinished && !streams) return;
    const body = method === 'HEAD' ? '' : decode(Buffer.concat(chunks), headers['content-encoding']);
    seen({ method, path, status: response.statusCode, headers, body });
  });
}

function decode(bytes: Buffer, encoding: unknown): string {
  if (encoding === 'br') return brotliDecompressSync(bytes).toString();
  return (encoding === 'gzip' ? gunzipSync(bytes) : bytes).toString();
}
