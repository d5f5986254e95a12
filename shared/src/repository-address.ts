/**
 * What git would not fetch over https or ssh, or only from where it runs: `file:`, `ext::` and the like run commands or
 * read files there, and private addresses are those of the builder's own network.
 */
export function repositoryRefusal(address: string): string | null {
  const expected = 'expected the address of a git repository, such as https://git.example.com/team/robot.git';
  if (!/^(https|ssh|git\+ssh):\/\/[^\s\\]+$/i.test(address) || !URL.canParse(address)) {
    return `${expected} (https or ssh)`;
  }
  // `ssh:` is parsed without the rules for hosts; as an `https:` one, 0x7f.1 and 2130706433 are 127.0.0.1.
  const asWeb = address.replace(/^[^:]+:/, 'https:');
  const host = URL.canParse(asWeb) ? new URL(asWeb).hostname.replace(/\.$/, '') : '';
  if (host === '' || host.startsWith('-')) return expected;
  return isPublicHost(host) ? null : 'expected a repository on the internet, which rerobots can reach';
}

const PRIVATE_NAMES = /(^|\.)(localhost|local|localdomain|internal|intranet|lan|home|corp|home\.arpa)$/;

function isPublicHost(host: string): boolean {
  if (host.startsWith('[')) return isPublicIpv6(host.slice(1, -1));
  const ipv4 = /^(\d+)\.(\d+)\.(\d+)\.(\d+)$/.exec(host);
  if (ipv4 !== null) return isPublicIpv4(ipv4.slice(1).map(Number));
  return host.includes('.') && !PRIVATE_NAMES.test(host);
}

/** The registry of special-purpose addresses (RFC 6890), and multicast. */
function isPublicIpv4([a = 0, b = 0, c = 0]: number[]): boolean {
  const special =
    a === 0 ||
    a === 10 ||
    a === 127 ||
    a >= 224 ||
    (a === 100 && b >= 64 && b < 128) ||
    (a === 169 && b === 254) ||
    (a === 172 && b >= 16 && b < 32) ||
    (a === 192 && (b === 168 || (b === 0 && (c === 0 || c === 2)))) ||
    (a === 198 && (b === 18 || b === 19 || (b === 51 && c === 100))) ||
    (a === 203 && b === 0 && c === 113);
  return !special;
}

/** Only global unicast, and none that carries an IPv4 address or is for documentation. */
function isPublicIpv6(address: string): boolean {
  return /^[23]/.test(address) && !/^(2001:(0|db8)?:|2002:|64:ff9b:)/.test(address);
}
