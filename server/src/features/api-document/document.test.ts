import { Validator } from '@seriousme/openapi-schema-validator';
import { afterAll, beforeAll, expect, it } from 'vitest';

import { apiOperations } from '../../http/api-operations.ts';
import { startTestServer } from '../../testing/server.fixture.ts';
import type { TestServer } from '../../testing/server.fixture.ts';
import type { ApiDocument } from './document.ts';

let server: TestServer;
let document: ApiDocument;
beforeAll(async () => {
  server = await startTestServer();
  const vera = await server.signIn('vera');
  document = (await (await vera.get('/api/openapi.json')).json()) as ApiDocument;
});
afterAll(() => server.close());

const operation = (path: string, method: 'get' | 'post') => document.paths?.[path]?.[method];

it('is OpenAPI 3.1', async () => {
  const validator = new Validator();
  const { valid, errors } = await validator.validate({ ...document });
  expect(errors).toBeUndefined();
  expect([valid, validator.version]).toEqual([true, '3.1']);
});

it('names everything the server answers, but what is always refused', () => {
  const named = Object.entries(document.paths ?? {}).flatMap(([path, item]) =>
    Object.keys(item).map((method) => `${method} ${path}`),
  );
  const answered = apiOperations(server.features)
    .filter(({ access }) => access !== 'nobody')
    .map(({ method, path }) => `${method} ${path.replaceAll(/:(\w+)/g, '{$1}')}`);
  expect(named.toSorted()).toEqual(answered.toSorted());
  const ids = Object.values(document.paths ?? {}).flatMap((item) =>
    Object.values(item as Record<string, { operationId: string }>).map((each) => each.operationId),
  );
  expect(new Set(ids).size).toBe(named.length);
});

it('says who may, in words and in fields, and by which way in', () => {
  expect(operation('/api/claims/{id}/reveal', 'post')).toMatchObject({
    description: expect.stringMatching(/^Operators and admins\. Not with an access token\./),
    'x-role': 'operator',
    'x-session-only': true,
    security: [{ session: [], csrf: [] }],
  });
  expect(operation('/api/claims', 'get')?.security).toEqual([{ session: [] }, { accessToken: [] }]);
  expect(operation('/api/about', 'get')?.security).toEqual([]);
});

it('names the header that makes a change safe to send again, and the codes of each error', () => {
  const claims = operation('/api/claims', 'post');
  expect(claims?.parameters).toContainEqual(
    expect.objectContaining({ in: 'header', name: 'Idempotency-Key' }),
  );
  expect(claims?.responses?.['403']).toMatchObject({ description: expect.stringContaining('csrf') });
  expect(claims?.requestBody).toMatchObject({ required: true });
});

it('names the fields of what the proxy passes on, and which are withheld', () => {
  const schemaAt = (path: string, status: string) =>
    JSON.stringify(operation(path, 'get')?.responses?.[status]?.content?.['application/json']?.schema);
  expect(schemaAt('/api/proxy/cycle/v1/environment/containers', '2XX')).toContain('CycleContainer"');
  expect(schemaAt('/api/proxy/rerobots/instances', 'default')).toContain('"error_message"');
  const schemas = (document.components?.schemas ?? {}) as Record<
    string,
    { properties?: Record<string, object> }
  >;
  expect(schemas['CycleContainer']).toMatchObject({ additionalProperties: false });
  expect(Object.keys(schemas['CycleContainer']?.properties ?? {})).toContain('config');
  expect(schemas['CycleMigration']?.properties?.['key']).toEqual({ $ref: '#/components/schemas/Withheld' });
  const anyJson = Object.entries(document.paths ?? {})
    .filter(([path]) => path.startsWith('/api/proxy/'))
    .filter(
      ([path]) => [undefined, '{}'].includes(schemaAt(path, '2XX')) && operation(path, 'get') !== undefined,
    );
  expect(anyJson).toEqual([]);
});

it('names each shape once, by what it holds', () => {
  const names = Object.keys(document.components?.schemas ?? {});
  expect(names).toEqual(
    expect.arrayContaining(['Claim', 'Booking', 'Error', 'RedactedValue', 'ServerEvent']),
  );
  expect(names.filter((name) => /(Output|Input)$/.test(name))).toEqual([]);
});
