import { expect, it } from 'vitest';

import { placeholder, toCurl } from './curl.ts';

it('takes the token from the environment and sends nothing with a GET', () => {
  expect(toCurl({ method: 'GET', url: 'https://dash.example/api/claims?q=it%27s' })).toBe(
    `curl 'https://dash.example/api/claims?q=it%27s' \\
  -H "Authorization: Bearer $CYCLORAMA_TOKEN"`,
  );
});

it('leaves a place for each secret in the body', () => {
  const body = { environmentVariables: { JOB_ID: placeholder('JOB_ID') } };
  expect(toCurl({ method: 'POST', url: 'https://dash.example/api/claims', body })).toBe(
    `curl -X POST 'https://dash.example/api/claims' \\
  -H "Authorization: Bearer $CYCLORAMA_TOKEN" \\
  -H 'Content-Type: application/json' \\
  --data-binary @- <<JSON
{
  "environmentVariables": {
    "JOB_ID": "$JOB_ID"
  }
}
JSON`,
  );
});

it('escapes what a shell would read in a text', () => {
  const text = toCurl({ method: 'POST', url: 'https://x/a', body: { name: '$(id) `id` "a\\b"' } });
  expect(text).toContain(String.raw`"name": "\$(id) \`id\` \\"a\\\\b\\""`);
});

it('quotes an address as one word', () => {
  expect(toCurl({ method: 'DELETE', url: "https://x/it's" })).toContain(
    String.raw`curl -X DELETE 'https://x/it'\''s'`,
  );
});

it('carries no token where nobody has to be signed in', () => {
  expect(toCurl({ method: 'PUT', url: 'https://x/a', withToken: false })).toBe("curl -X PUT 'https://x/a'");
});
