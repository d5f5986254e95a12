import { catalogue } from '@cyclorama/shared/catalogue.ts';
import type { Operation } from '@cyclorama/shared/catalogue.ts';
import { describe, expect, it } from 'vitest';

import { proxyDocument } from '../../testing/builders/api-document.ts';
import { curlOf, emptyTyped, operationForm, requestOf } from './request.rules.ts';
import type { OperationForm, Typed } from './request.rules.ts';

const document = proxyDocument();

function named(id: string): Operation {
  const operation = catalogue.find((each) => each.id === id);
  if (operation === undefined) throw new Error(id);
  return operation;
}

function formOf(operation: Operation): OperationForm {
  const form = operationForm(operation, document);
  if (form === null) throw new Error(`no form for ${operation.id}`);
  return form;
}

function request(id: string, change: (typed: Typed) => Partial<Typed> = () => ({})) {
  const operation = named(id);
  const form = formOf(operation);
  const empty = emptyTyped(form);
  return requestOf(operation, form, { ...empty, ...change(empty) });
}

it('has a form for every operation that the proxy passes on', () => {
  for (const operation of catalogue.filter(({ proxied }) => proxied)) {
    const form = formOf(operation);
    expect(() => requestOf(operation, form, emptyTyped(form))).not.toThrow();
    expect(form.body === null || operation.method === 'POST').toBe(true);
  }
});

describe('a request', () => {
  it('fills in its path and query', () => {
    const { path, errors } = request('cycle.container', () => ({
      query: { 'container-id': 'a'.repeat(24) },
    }));
    expect([path, [...errors]]).toEqual([`/api/proxy/cycle/v1/container?container-id=${'a'.repeat(24)}`, []]);
    expect(request('rerobots.instance', () => ({ params: { instance: 'abc' } })).path).toBe(
      '/api/proxy/rerobots/instance/abc',
    );
  });

  it('names what is wrong by its field, in the server’s words', () => {
    const bad = request('cycle.container', () => ({ query: { 'container-id': 'x' } }));
    expect([...bad.errors]).toEqual([['query.container-id', 'expected 24 hexadecimal digits']]);
    expect([...request('rerobots.instance').errors]).toEqual([['path.instance', 'expected a value']]);
    const climbing = request('rerobots.instance', () => ({ params: { instance: '..' } }));
    expect([...climbing.errors.keys()]).toEqual(['path.instance']);
  });

  it('sends whole numbers only where the platform wants them', () => {
    const metric = (value: string) =>
      request('cycle.monitoring.metrics', () => ({
        body: [
          {
            metric: 'queue.depth',
            type: 'gauge',
            labels: [],
            tags: [],
            points: [{ time: '2026-03-26T09:15:00Z', values: [value] }],
          },
        ],
      }));
    expect([...metric('1.5').errors]).toEqual([['body.0.points.0.values.0', 'expected a whole number']]);
    const { body, errors } = metric('3');
    expect([...errors]).toEqual([]);
    expect(body).toEqual([
      { metric: 'queue.depth', type: 'gauge', points: [{ time: '2026-03-26T09:15:00Z', values: [3] }] },
    ]);
  });

  it('has no body where the operation takes none', () => {
    expect(
      request('rerobots.instance.keep-alive', () => ({ params: { instance: 'abc' } })).body,
    ).toBeUndefined();
  });
});

describe('its curl line', () => {
  const url = 'https://dashboard.example';

  it('goes through the dashboard with a token that is not in it', () => {
    const operation = named('rerobots.firewall.add');
    const line = curlOf(operation, request(operation.id), url);
    expect(line).toContain(`curl -X POST '${url}/api/proxy/rerobots/firewall/:instance'`);
    expect(line).toContain('$CYCLORAMA_TOKEN');
  });

  it('is none for what takes a person at a browser', () => {
    const operation = named('cycle.server.power.reboot');
    expect(curlOf(operation, request(operation.id), url)).toBeNull();
  });
});
