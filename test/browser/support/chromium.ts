import { existsSync } from 'node:fs';
import { chromium, type Browser } from 'playwright-core';

const places = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** Debian's Chromium, or the one that HYPERHOOK_CHROMIUM names. Rejects where there is none: nothing is skipped. */
export async function openChromium(): Promise<Browser> {
  const named = process.env['HYPERHOOK_CHROMIUM'];
  const executablePath = named ?? places.find((place) => existsSync(place));
  if (executablePath === undefined) {
    throw new Error(
      `no Chromium at ${places.join(', ')}: install it (Debian: apt-get install chromium), or name one by HYPERHOOK_CHROMIUM`,
    );
  }
  // Chromium's own sandbox refuses to run as root.
  return chromium.launch({ executablePath, args: process.getuid?.() === 0 ? ['--no-sandbox'] : [] });
}
