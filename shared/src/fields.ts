/**
 * Lists of fields as text: `id creator{id type} tags{*}`. A name is a plain value, braces hold the fields of an object,
 * `*` is any name; lists are seen through, so `ips{id kind}` also says what each of a list of IPs has. After a name:
 * `!` a secret, its value is withheld · `^` an address whose path is a secret, only its host is shown · `~` anything may
 * be below · `?` may also be a plain value where the braces expect an object.
 */
export type Field = {
  mark: '' | '!' | '^' | '~';
  /** True: a plain value passes, also beside `fields`. */
  plain: boolean;
  fields: Fields | null;
};
export type Fields = ReadonlyMap<string, Field>;

const NAME = /^([\w.*-]+)([!^~?]?)$/;

/** @throws Error for a list that is not well-formed. */
export function parseFields(text: string): Fields {
  const tokens = text.match(/[{}]|[^\s{}]+/g) ?? [];
  let at = 0;
  const list = (closed: boolean): Map<string, Field> => {
    const fields = new Map<string, Field>();
    for (;;) {
      const token = tokens[at];
      if (token === undefined || token === '}') {
        if ((token === '}') !== closed) throw new Error(`Unbalanced braces in: ${text}`);
        at += 1;
        return fields;
      }
      const [, name, mark] = NAME.exec(token) ?? [];
      if (name === undefined || fields.has(name)) throw new Error(`Not a field, or one twice: ${token}`);
      at += 1;
      const below = tokens[at] === '{' ? ((at += 1), list(true)) : null;
      fields.set(name, {
        mark: mark === '!' || mark === '^' || mark === '~' ? mark : '',
        plain: below === null || mark === '?',
        fields: below,
      });
    }
  };
  return list(false);
}

/** Where the marked fields are: `data.config.runtime.environment_vars.*`. */
export function secretPaths(fields: Fields, prefix = ''): string[] {
  return [...fields].flatMap(([name, { mark, fields: below }]) => {
    const path = prefix + name;
    if (mark === '!' || mark === '^') return [path];
    return below === null ? [] : secretPaths(below, `${path}.`);
  });
}
