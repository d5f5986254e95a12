import { describe, expect, it } from 'vitest';

import { readAudit } from './audit-answer.ts';

const metadata = { vulnerabilities: { high: 1 } };

describe('the answer of an audit', () => {
  it('is what is known', () => {
    const advisories = {
      1: {
        severity: 'high',
        module_name: 'left-pad',
        title: 'It pads',
        patched_versions: '>=2',
        url: 'https://a.example',
      },
    };
    expect(readAudit(JSON.stringify({ advisories, metadata }), '')).toEqual({
      kind: 'known',
      advisories: [
        { severity: 'high', module: 'left-pad', title: 'It pads', patched: '>=2', url: 'https://a.example' },
      ],
    });
    expect(readAudit(JSON.stringify({ advisories: {}, metadata }), '')).toEqual({
      kind: 'known',
      advisories: [],
    });
  });

  it.each([
    ['the registry has no audits', 'Error: × The audit endpoint (at …) responded with 405:', '405'],
    ['there is no network', 'request failed, reason: getaddrinfo ENOTFOUND registry', 'ENOTFOUND'],
    ['nothing was printed', '', 'no answer'],
  ])('is unknown, never all-clear, where %s', (_why, printed, words) => {
    for (const answer of [readAudit('', printed), readAudit(printed, '')]) {
      expect(answer).toEqual({ kind: 'unknown', why: expect.stringContaining(words) });
    }
  });

  it.each(['{}', 'null', '[]', '{"error":{"code":"ERR_PNPM_AUDIT_BAD_RESPONSE"}}', '{"advisories":{}}'])(
    'is unknown where it is %s',
    (printed) => {
      expect(readAudit(printed, '').kind).toBe('unknown');
    },
  );
});
