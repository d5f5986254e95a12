import { describe, expect, it } from 'vitest';

import { repositoryRefusal } from './repository-address.ts';

describe('the address of a repository', () => {
  it.each([
    'https://git.example.com/team/robot.git',
    'https://token@github.com/team/robot',
    'ssh://git@git.example.com:2222/team/robot.git',
    'git+ssh://git@git.example.com/team/robot.git',
    'https://93.184.215.14/robot.git',
    'https://[2606:2800:220:1::1]/robot.git',
  ])('may be %s', (address) => expect(repositoryRefusal(address)).toBeNull());

  it.each([
    'file:///etc/passwd',
    'javascript:alert(1)',
    'ext::sh -c id',
    'ext::ssh://git.example.com/x',
    'http://git.example.com/x',
    'git://git.example.com/x',
    'data:text/plain,x',
    'git@git.example.com:team/robot.git',
    '--upload-pack=id',
    'https://-oProxyCommand=id/x',
    'https://git.example.com/a b',
    'https://git.example.com\\@10.0.0.1/',
    'https://',
    '',
  ])('is neither %s, which is no address', (address) =>
    expect(repositoryRefusal(address)).toContain('the address of a git repository'),
  );

  it.each([
    'https://localhost/x',
    'https://LOCALHOST./x',
    'https://build/x',
    'https://git.internal/x',
    'https://printer.local/x',
    'https://127.0.0.1/x',
    'https://127.1/x',
    'https://0x7f000001/x',
    'https://2130706433/x',
    'ssh://git@0x7f.1/x',
    'ssh://git@2130706433/x',
    'https://0.0.0.0/x',
    'https://10.1.2.3/x',
    'https://172.31.0.1/x',
    'https://192.168.1.1/x',
    'https://100.64.0.1/x',
    'https://169.254.169.254/latest/meta-data',
    'https://224.0.0.1/x',
    'https://[::1]/x',
    'https://[::]/x',
    'https://[fe80::1]/x',
    'https://[fd00::1]/x',
    'https://[::ffff:127.0.0.1]/x',
    'https://[64:ff9b::7f00:1]/x',
    'https://[2002:7f00:1::]/x',
  ])('nor %s, which is not on the internet', (address) =>
    expect(repositoryRefusal(address)).toContain('on the internet'),
  );
});
