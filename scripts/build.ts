import { buildWeb } from './lib/build.ts';

buildWeb({ force: true });
