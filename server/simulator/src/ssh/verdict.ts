import { BlockList, isIPv4 } from 'node:net';

type Rule = readonly [source: string, action: string];

function matches(source: string, address: string): boolean {
  const [network = '', prefix = '32'] = source.split('/');
  // The API accepts octets and prefixes out of range; such a rule matches nobody.
  if (!isIPv4(network) || Number(prefix) > 32) return false;
  const list = new BlockList();
  list.addSubnet(network, Number(prefix));
  return list.check(address);
}

/**
 * What the rules of an instance's firewall do with an IPv4 address: the first match wins, and what none matches is
 * dropped; before there is a chain (`null`) too (rerobots API docs, `/firewall`).
 */
export function verdictOn(rules: readonly Rule[] | null, address: string): string {
  return rules?.find(([source]) => matches(source, address))?.[1] ?? 'DROP';
}
