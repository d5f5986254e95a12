import { test } from '../fixtures.ts';
import { robotAccount } from '../robot-account.ts';

test.use({ profile: 'documented' });

robotAccount();
