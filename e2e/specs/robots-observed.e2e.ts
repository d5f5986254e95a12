import { test } from '../fixtures.ts';
import { robotPath } from '../robot-path.ts';

// Robots take up to a minute to start; at this speed, seconds.
test.use({ speed: 20, profile: 'observed', host: '127.0.0.1' });

test.beforeEach(async ({ signInAs }) => {
  await signInAs('operator');
});

robotPath();
