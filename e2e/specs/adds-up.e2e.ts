import { addsUp } from '../adds-up.ts';
import { test } from '../fixtures.ts';

// Almost at a standstill, so that the pages are read of one state.
test.use({ scenario: 'degraded', speed: 0.05 });
addsUp({ listsAll: true });
