import { test } from '../fixtures.ts';
import { robotPath } from '../robot-path.ts';

// A robot takes up to a minute to start: at this speed, seconds.
test.use({ speed: 20, profile: 'documented', host: '127.0.0.1' });

test.beforeEach(async ({ signInAs }) => {
  await signInAs('operator');
});

robotPath();
