import { describe, expect, it } from 'vitest';

import { redactToHost, redactUrls } from './redact-url.ts';

describe('redactUrls', () => {
  it.each([
    ['https://ada:S3CRET@git.example.com/team/app.git', 'https://git.example.com/team/app.git'],
    ['https://S3CRET@github.com/team/app', 'https://github.com/team/app'],
    ['https://x-access-token:S3%40CRET@github.com/app', 'https://github.com/app'],
    ['https://a:S3@CRET@host/x', 'https://host/x'],
    ['https://a:S3/CR?ET#@host/x?token=S3', 'https://host/x?token=(withheld)'],
    ['git+https://u:S3CRET@host/x#main', 'git+https://host/x#main'],
    ['ext::ssh://u:S3CRET@host/x', 'ext::ssh://host/x'],
    ['postgres://u:S3CRET@db:5432/app', 'postgres://db:5432/app'],
    ['u:S3CRET@host:team/app.git', 'host:team/app.git'],
    ['https://host/x?ref=main&token=S3CRET', 'https://host/x?ref=main&token=(withheld)'],
    [
      'https://host/x?private%5Ftoken=S3CRET#access_token=S3CRET',
      'https://host/x?private%5Ftoken=(withheld)#access_token=(withheld)',
    ],
    [
      'https://s3/x?X-Amz-Credential=S3CRET&X-Amz-Signature=S3CRET',
      'https://s3/x?X-Amz-Credential=(withheld)&X-Amz-Signature=(withheld)',
    ],
    ["fatal: could not read 'https://u:S3CRET@host/x': gone", "fatal: could not read 'https://host/x': gone"],
  ])('%s', (given, expected) => {
    expect(redactUrls(given)).toBe(expected);
    expect(redactUrls(given)).not.toContain('S3');
  });

  it.each([
    'https://host/x?author=ada&q=1',
    'ssh://git@host/x',
    'git@host:team/app.git',
    'mailto:ada@example.com',
    'ada@example.com',
    'no address at all',
    'https://host/@scope/package',
  ])('leaves %s', (text) => expect(redactUrls(text)).toBe(text));
});

describe('redactToHost', () => {
  it.each([
    ['https://hooks.example.com/services/T0/S3CRET', 'https://hooks.example.com/(withheld)'],
    ['https://u:S3CRET@[2001:db8::1]:8443/x?y=S3CRET', 'https://[2001:db8::1]:8443/(withheld)'],
    ['hooks.example.com/S3CRET', '(withheld)'],
    ['https://S3CRET%20x/', '(withheld)'],
    ['', '(withheld)'],
  ])('%s', (given, expected) => expect(redactToHost(given)).toBe(expected));
});
