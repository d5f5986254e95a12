import { expect, it } from 'vitest';

import { csvRecord } from './csv.ts';

it.each([
  [['plain', 1.5, null, true], 'plain,1.5,,true'],
  [['a,b', 'say "hi"', 'two\nlines'], '"a,b","say ""hi""","two\nlines"'],
  [['=1+1', '+1', '-1', '@a', '\tx'], "'=1+1,'+1,'-1,'@a,'\tx"],
  [['=HYPERLINK("x")', -1], '"\'=HYPERLINK(""x"")",-1'],
])('writes %j', (cells, line) => {
  expect(csvRecord(cells)).toBe(`${line}\r\n`);
});
