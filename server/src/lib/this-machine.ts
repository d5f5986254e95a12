import { isIPv4 } from 'node:net';

/** Of a host as `URL` gives it: addresses in full, names in lower case. */
export function isThisMachine(hostname: string): boolean {
  return isLocalName(hostname) || isLoopbackAddress(hostname) || hostname === '0.0.0.0';
}

/** RFC 6761, section 6.3. */
export function isLocalName(hostname: string): boolean {
  return hostname === 'localhost' || hostname.endsWith('.localhost');
}

/** `127.example.org` is a name like any other. */
export function isLoopbackAddress(hostname: string): boolean {
  return hostname === '[::1]' || (isIPv4(hostname) && hostname.startsWith('127.'));
}
