/** `651586fca6078e98982dbd90` → "651586…bd90". */
export function shortenId(id: string, head = 6, tail = 4): string {
  return id.length <= head + tail + 1 ? id : `${id.slice(0, head)}…${id.slice(-tail)}`;
}

export const idOf = ({ id }: { id: string }): string => id;
