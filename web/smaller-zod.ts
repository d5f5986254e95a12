import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';

import type { Plugin } from 'vite';

const NO_JSON_SCHEMA = `
const no = () => { throw new Error('JSON Schema was left out of this build'); };
export const initializeContext = no, handleUnrepresentable = no, processSchema = no, process = no;
export const extractDefs = no, finalize = no;
export const createToJSONSchemaMethod = () => no, createStandardJSONSchemaMethod = () => no;
`;

/** The sources whose schemas this page uses. */
const SOURCES = ['src', '../shared/src'].map((folder) => path.join(import.meta.dirname, folder));

/** `name(…) {`, `async name(…) {` or `name: function _name(…) {`, with its body. */
const METHOD = /^ {4}(?:async )?(\w+)(?:: (?:async )?function \w+)?\([^)]*\) \{\n(?: {8}.*\n)*? {4}\},\n/gm;

/** Of `classic/schemas.js`. */
const UNUSED = [
  /inst\._zod\.processJSONSchema = .*;$/gm,
  // Protection from cyclic values, which JSON has none of.
  /^ {4}_ensureDefaultMemoizer\(\);$/gm,
  // What a schema tells of its own checks: `minLength: (inst) => …`.
  /^ {4}\w+: \(inst\) => processors\..*,$/gm,
  /^ {4}\w+: \(inst\) => \{\n {8}const .* = processors\.aggregateChecks\(inst\);\n(?: {8}.*\n)*? {4}\},$/gm,
  // `z.string().email()` and its like, which bring every format along; zod itself replaced them by `z.email()`.
  /^ {4}\w+\(params\) \{\s+return this\.check\(core\._\w+\(Zod\w+, params\)\);\s+\},$/gm,
];

/**
 * Leaves out what of zod this page can't use: a quarter of it. A schema's methods stand in one table that reaches all
 * they need, so no bundler shakes them off. Where zod is written otherwise one day this finds less to do, and the size
 * gate says so.
 */
export const smallerZod: Plugin = {
  name: 'smaller-zod',
  apply: 'build',
  load: {
    filter: { id: /zod\/v4\/core\/to-json-schema\.js$/ },
    handler: () => NO_JSON_SCHEMA,
  },
  transform: {
    filter: { id: /zod\/v4\/(core\/schemas|classic\/(schemas|errors))\.js$/ },
    handler: (code, id) => ({ code: shortened(code, id), map: null }),
  },
};

function shortened(code: string, id: string): string {
  // Parsers compiled with eval: the content security policy forbids them, and asking whether it does is a violation.
  if (id.includes('/core/'))
    return code.replace('const jit = !core.globalConfig.jitless;', 'const jit = false;');
  if (id.endsWith('errors.js'))
    return code.replaceAll(/^ {4}_lazyMethod\(proto, "(?:format|flatten)".*;$/gm, '');
  return withoutUncalledMethods(UNUSED.reduce((text, part) => text.replaceAll(part, ''), code));
}

function withoutUncalledMethods(code: string): string {
  const called = calledMethods([...sources(), code.replaceAll(METHOD, '')]);
  // What is kept may call others.
  for (const [method, name = ''] of code.matchAll(METHOD)) {
    if (called.has(name)) for (const more of calledMethods([method])) called.add(more);
  }
  return code.replaceAll(METHOD, (method, name: string) => (called.has(name) ? method : ''));
}

function sources(): string[] {
  return SOURCES.flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((file) => /\.tsx?$/.test(file) && !file.includes('.test.'))
      .map((file) => readFileSync(path.join(folder, file), 'utf8')),
  );
}

function calledMethods(code: string[]): Set<string> {
  return new Set(code.flatMap((text) => [...text.matchAll(/\.(\w+)\(/g)].map(([, name = '']) => name)));
}
