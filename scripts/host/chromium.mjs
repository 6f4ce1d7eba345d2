// @ts-check
import { existsSync } from 'node:fs';
import { aptInstall, canAptInstall } from './debian.mjs';

const DEBIAN_CHROMIUM = '/usr/bin/chromium';

const USUAL_PLACES = [
  DEBIAN_CHROMIUM,
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

// Without them Chromium draws text in whatever bitmap font it finds.
const FONTS = ['fonts-noto-core', 'fonts-noto-color-emoji', 'fonts-dejavu-core'];

/**
 * The path of a Chromium or Chrome, which is installed first where that needs nobody's consent.
 *
 * @returns {Promise<string>}
 */
export async function chromium() {
  const named = process.env['CHROME_PATH'];
  if (named) {
    if (!existsSync(named)) throw new Error(`CHROME_PATH names ${named}, which doesn't exist`);
    return named;
  }
  const found = USUAL_PLACES.find((place) => existsSync(place));
  if (found) return found;
  if (!canAptInstall) throw new Error('Chromium is missing: install Chromium or Chrome, or name one in CHROME_PATH');
  await aptInstall(['chromium', ...FONTS]);
  return DEBIAN_CHROMIUM;
}

// Debian's Chromium on a closed network, driven as root: no sandbox there, and no errands of its own.
export const CHROMIUM_ARGUMENTS = [
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  // Otherwise a page rewritten on its way (see developmentPage.mjs) may not open a web socket to this machine.
  '--disable-features=LocalNetworkAccessChecks',
];
