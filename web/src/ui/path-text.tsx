import { Fragment } from 'react';

/** A path that breaks before its slashes, and within a part only where one is longer than the line. */
export function PathText({ path }: { path: string }) {
  const [first = '', ...parts] = path.split('/');
  return (
    <span className="wrap-anywhere">
      {first}
      {parts.map((part, place) => (
        <Fragment key={parts.slice(0, place + 1).join('/')}>
          {place > 0 && <wbr />}/{part}
        </Fragment>
      ))}
    </span>
  );
}
