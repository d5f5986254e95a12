import { createPrivateKey } from 'node:crypto';

import { afterEach, describe, expect, it } from 'vitest';

import type { TestRerobots } from './rerobots.fixture.ts';
import { startRerobots } from './rerobots.fixture.ts';

let robots: TestRerobots;
afterEach(() => robots.stop());

describe('observed lifecycle', () => {
  it('answers 404 until the worker has written the row, then INIT, READY, TERMINATING, TERMINATED', async () => {
    robots = await startRerobots();
    const deployment = await robots.freeDeployment();
    const launched = await robots.post(`/new/${deployment}`);
    expect(launched.status).toBe(200);
    expect(Object.keys(launched.json)).toEqual(['success', 'id']);
    const { id } = launched.json;
    const early = await robots.get(`/instance/${id}`);
    expect([early.status, early.text]).toEqual([404, '{"error_message": "instance not found"}']);
    expect(early.headers['content-type']).toBe('application/json');
    expect((await robots.get(`/queuelen/${deployment}`)).json.len).toBe(0);

    robots.clock.advance(2_000);
    const init = (await robots.get(`/instance/${id}`)).json;
    expect(Object.keys(init)).toEqual([
      'id',
      'deployment',
      'type',
      'region',
      'starttime',
      'rootuser',
      'wdinfo',
      'fwd',
      'status',
    ]);
    expect(init).toMatchObject({ status: 'INIT', fwd: {}, rootuser: 'cyclorama', deployment });
    expect(init.wdinfo).toMatchObject({ id: deployment, queuelen: 1, instance: id });
    const refused = await robots.post(`/terminate/${id}`);
    expect([refused.status, refused.json.error_message]).toEqual([
      400,
      'cannot terminate instance that is init',
    ]);

    robots.clock.advance(40_000);
    const ready = (await robots.get(`/instance/${id}`)).json;
    expect(ready.status).toBe('READY');
    expect(ready.fwd).toEqual({ ipv4: expect.stringMatching(/^[\d.]+$/), port: expect.any(Number) });
    expect(ready.hostkeys).toEqual([expect.stringMatching(/^ecdsa-sha2-nistp256 AAAA\S+ root@newc\d\d$/)]);

    const ended = await robots.post(`/terminate/${id}`);
    expect([ended.status, ended.text, ended.headers['content-type']]).toEqual([
      200,
      '',
      'application/octet-stream',
    ]);
    const terminating = (await robots.get(`/instance/${id}`)).json;
    expect(terminating.status).toBe('TERMINATING');
    expect(terminating).not.toHaveProperty('fwd');
    expect((await robots.get(`/queuelen/${deployment}`)).json.len).toBe(1);
    expect((await robots.get('/instances')).json.workspace_instances).not.toContain(id);

    const before = init.wdinfo.icounter;
    robots.clock.advance(8_000);
    const terminated = (await robots.get(`/instance/${id}`)).json;
    expect(terminated).toMatchObject({ status: 'TERMINATED', wdinfo: { icounter: before + 1, queuelen: 0 } });
    expect(terminated.endtime).toMatch(/^2026-11-21 09:00:\d\d\.\d{6}$/);
    const again = await robots.post(`/terminate/${id}`);
    expect(again.json.error_message).toBe('instance already terminated');
  });

  it('lets two requests in the window both succeed and fails the later one', async () => {
    robots = await startRerobots();
    const other = await robots.issueToken({ user: 'frodo' });
    const deployment = await robots.freeDeployment();
    const first = await robots.post(`/new/${deployment}`);
    const second = await robots.post(`/new/${deployment}`, {}, { token: other });
    expect([first.json.success, second.json.success]).toEqual([true, true]);
    robots.clock.advance(5_000);
    expect(await robots.status(first.json.id)).toBe('INIT');
    expect((await robots.get(`/instance/${second.json.id}`, { token: other })).json.status).toBe('INIT_FAIL');
    robots.clock.advance(40_000);
    expect(await robots.status(first.json.id)).toBe('READY');
  });

  it('fails a refused launch within seconds and hides it unless asked for', async () => {
    robots = await startRerobots();
    const deployment = await robots.freeDeployment();
    robots.happen({ kind: 'instance.init-fail-next', id: deployment });
    const { id } = (await robots.post(`/new/${deployment}`)).json;
    robots.clock.advance(8_000);
    expect(await robots.status(id)).toBe('INIT_FAIL');
    expect((await robots.post(`/terminate/${id}`)).json.error_message).toBe(
      'cannot terminate instance that is init_fail',
    );
    expect((await robots.get('/instances?include_terminated')).json.workspace_instances).not.toContain(id);
    expect((await robots.get('/instances?include_init_fail')).json.workspace_instances).toContain(id);
    expect((await robots.get(`/deployment/${deployment}`)).json.lockout).toBeUndefined();
    expect((await robots.readyInstance(deployment)).length).toBe(36);
  });

  it('fails a launch after 30 s where the device fell silent', async () => {
    robots = await startRerobots();
    const deployment = await robots.freeDeployment();
    robots.happen({ kind: 'deployment.offline', id: deployment });
    const refused = await robots.post(`/new/${deployment}`);
    expect([refused.status, refused.json]).toEqual([
      503,
      { error: 'workspace deployment temporarily unavailable, try again later' },
    ]);
    robots.happen({ kind: 'deployment.online', id: deployment });
    const { id } = (await robots.post(`/new/${deployment}`)).json;
    robots.happen({ kind: 'deployment.offline', id: deployment });
    robots.clock.advance(29_000);
    expect(await robots.status(id)).toBe('INIT');
    robots.clock.advance(4_000);
    expect(await robots.status(id)).toBe('INIT_FAIL');
  });

  it('ends an instance after expire_d and reports seconds left in /qlen', async () => {
    robots = await startRerobots();
    const deployment = await robots.freeDeployment();
    const id = await robots.readyInstance(deployment, { expire_d: 90 });
    const { starttime, expires } = (await robots.get(`/instance/${id}`)).json;
    expect(Date.parse(`${expires}Z`) - Date.parse(`${starttime}Z`)).toBe(90_000);
    const rem = Number(/"rem": (\d+)/.exec((await robots.get(`/qlen?wds=${deployment}`)).text)?.[1]);
    expect(rem).toBeGreaterThan(30);
    expect(rem).toBeLessThan(75);
    robots.clock.advance(103_000);
    expect(await robots.status(id)).toMatch(/^TERMINAT/);
  });

  it('keeps expires while TERMINATING and drops it once TERMINATED', async () => {
    robots = await startRerobots();
    const id = await robots.readyInstance(await robots.freeDeployment(), { expire_d: 900 });
    const { expires } = (await robots.get(`/instance/${id}`)).json;
    await robots.post(`/terminate/${id}`);
    expect((await robots.get(`/instance/${id}`)).json).toMatchObject({ status: 'TERMINATING', expires });
    robots.clock.advance(10_000);
    const ended = (await robots.get(`/instance/${id}`)).json;
    expect(ended.status).toBe('TERMINATED');
    expect(ended).not.toHaveProperty('expires');
  });

  it('ends a keepalive instance that nobody pings for a minute', async () => {
    robots = await startRerobots();
    const id = await robots.readyInstance(await robots.freeDeployment(), { keepalive: true });
    for (let ping = 0; ping < 4; ping++) {
      expect((await robots.post(`/instance/${id}/ka`, {})).status).toBe(200);
      robots.clock.advance(45_000);
    }
    expect(await robots.status(id)).toBe('READY');
    robots.clock.advance(45_000);
    expect(await robots.status(id)).toMatch(/^TERMINAT/);
    robots.clock.advance(10_000);
    expect((await robots.post(`/instance/${id}/ka`, {})).json.error_message).toBe(
      'no keep-alive monitor for this instance',
    );
  });

  it('lets anyone terminate, but hides instances and keys of others', async () => {
    robots = await startRerobots();
    const id = await robots.readyInstance(await robots.freeDeployment(), { sshkey: 'ssh-ed25519 AAAA me' });
    const token = await robots.issueToken({ user: 'frodo' });
    expect((await robots.get(`/instance/${id}`, { token })).status).toBe(404);
    expect((await robots.get(`/instance/${id}/sshkey`, { token })).status).toBe(404);
    const { key } = (await robots.get(`/instance/${id}/sshkey`)).json;
    expect(key).toMatch(
      /^-----BEGIN OPENSSH PRIVATE KEY-----\n[\s\S]+\n-----END OPENSSH PRIVATE KEY-----\n$/,
    );
    expect((await robots.post(`/terminate/${id}`, undefined, { token })).status).toBe(200);
    expect((await robots.get(`/instance/${id}/sshkey`)).json.error_message).toBe(
      'instance already terminating',
    );
  });
});

describe('documented lifecycle', () => {
  it('has the instance at once, returns an RSA key, and lets INIT be terminated', async () => {
    robots = await startRerobots({ profile: 'documented' });
    const deployment = await robots.freeDeployment();
    const { json } = await robots.post(`/new/${deployment}`);
    expect(createPrivateKey(json.sshkey).asymmetricKeyType).toBe('rsa');
    expect((await robots.get(`/instance/${json.id}/sshkey`)).json.key).toBe(json.sshkey);
    const { json: instance } = await robots.get(`/instance/${json.id}`);
    expect(instance.status).toBe('INIT');
    expect(instance).not.toHaveProperty('wdinfo');
    expect((await robots.post(`/new/${deployment}`)).status).toBe(503);
    expect((await robots.post(`/terminate/${json.id}`)).status).toBe(200);
    expect((await robots.get('/instances')).json.workspace_instances).toContain(json.id);
    robots.clock.advance(60_000);
    expect(await robots.status(json.id)).toBe('TERMINATED');
    expect((await robots.get('/instances')).json.workspace_instances).not.toContain(json.id);
  });

  it('returns no key where a public one was given, and guards what belongs to others', async () => {
    robots = await startRerobots({ profile: 'documented' });
    const { json } = await robots.post(`/new/${await robots.freeDeployment()}`, {
      sshkey: 'ssh-ed25519 AAAA me',
    });
    expect(Object.keys(json)).toEqual(['success', 'id']);
    const { status, json: none } = await robots.get(`/instance/${json.id}/sshkey`);
    expect([status, none.error_message]).toEqual([404, 'no secret SSH key available']);
    const token = await robots.issueToken({ user: 'frodo' });
    expect((await robots.post(`/terminate/${json.id}`, undefined, { token })).status).toBe(404);
    expect((await robots.get(`/firewall/${json.id}`, { token })).status).toBe(404);
  });
});
