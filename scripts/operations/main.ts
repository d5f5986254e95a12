// `npm run operations`: every operation of the upstreams, the page that reaches it, whether the explorer does, and whether it can be called through the product.
import { catalogue } from '../../shared/src/catalogue.ts';
import { isExplorable } from '../../shared/src/rules/explorer.ts';
import { exitOnSignals } from '../lib/options.ts';
import { readPages } from './pages.ts';
import { walk } from './walk.ts';
import { startWorld } from './world.ts';

exitOnSignals();
const reachOf = readPages(isExplorable);
const world = await startWorld();
let reached = 0;
const print: Parameters<typeof walk>[1] = (operation, problem) => {
  const { pages, explorer } = reachOf(operation);
  const isReached = (pages.length > 0 || explorer !== null) && problem === null;
  if (isReached) reached += 1;
  const columns = [
    isReached ? '✓' : '✗',
    operation.id.padEnd(38),
    (pages.join(' ') || 'no page').padEnd(30),
    (explorer ?? 'not there').padEnd(10),
    problem === null ? 'called' : `not called: ${problem}`,
  ];
  console.log(columns.join('  '));
};
try {
  await walk(world, print);
} finally {
  await world.close();
}
console.log(`${reached} of ${catalogue.length} reached`);
process.exit(reached === catalogue.length ? 0 : 1);
