import { describe, expect, it } from 'vitest';

import { catalogue } from './catalogue.ts';
import { parseFields, secretPaths } from './fields.ts';

describe('a list of fields', () => {
  it('holds names, what is below them and their marks', () => {
    const fields = parseFields('id owner{name key!} hooks{*^}\n notes~ items?{id}');
    expect([...fields.keys()]).toEqual(['id', 'owner', 'hooks', 'notes', 'items']);
    expect(fields.get('id')).toEqual({ mark: '', plain: true, fields: null });
    expect(fields.get('items')).toMatchObject({
      mark: '',
      plain: true,
      fields: new Map([['id', fields.get('id')]]),
    });
    expect(fields.get('owner')).toMatchObject({ plain: false });
    expect(secretPaths(fields)).toEqual(['owner.key', 'hooks.*']);
  });

  it.each(['a{b', 'a}', 'a a', 'a!!', '{a}', 'a-b c$'])(
    'is refused where it is not well-formed: %s',
    (text) => {
      expect(() => parseFields(text)).toThrow(/Unbalanced|Not a field/);
    },
  );
});

it('every operation of the catalogue says well-formed what may leave', () => {
  const marked = catalogue.flatMap(({ fields }) => secretPaths(parseFields(fields)));
  expect(new Set(marked).size).toBeGreaterThan(60);
});
