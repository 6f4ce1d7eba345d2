// Fetches a page into a folder that it doesn't fit into, and prints what came of it.

import { readdirSync } from 'node:fs';
import { fetchCopy } from '../../src/library/fetch/fetchCopy.ts';
import { FetchError } from '../../src/library/fetch/fetchError.ts';
import { usualLimits as limits } from '../../src/library/fetch/limits.ts';
import { createNetwork } from '../../src/library/fetch/network.ts';
import { names, noProxy, testRules as rules } from './webServer.ts';

const [, , origin = '', folder = ''] = process.argv;
const network = createNetwork({ settings: noProxy, resolve: names({}), rules, limits });
const parts = { network, rules, limits, folder, userAgent: 'Test/1', now: Date.now };

try {
  await fetchCopy({ address: `${origin}/`, onProgress: () => undefined }, parts, new AbortController().signal);
} catch (error) {
  if (!(error instanceof FetchError)) throw error;
  console.log(JSON.stringify({ reason: error.reason, left: readdirSync(folder) }));
}
await network.close();
