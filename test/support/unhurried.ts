import { jest } from '@jest/globals';

/** For tests that wait for processes: what takes a second may take ten on a machine that is busy with other things. */
jest.setTimeout(60_000);
