// @ts-check

/** @typedef {import('playwright-core').BrowserContext} BrowserContext */

/**
 * Makes every workbench page of a browser run an extension from its folder, and perhaps its tests: what desktop VS Code
 * does for `--extensionDevelopmentPath` and `--extensionTestsPath`. The web workbench takes both from its configuration,
 * which the server puts into the page; no parameter of a built VS Code sets them, so the page is rewritten on its way.
 *
 * @param {BrowserContext} context
 * @param {string} authority
 * @param {{ developmentPaths: readonly string[], testsPath?: string | undefined }} options
 */
export async function developmentPage(context, authority, { developmentPaths, testsPath }) {
  const remote = (/** @type {string} */ path) => ({ $mid: 1, scheme: 'vscode-remote', authority, path });
  const developmentOptions = {
    extensions: developmentPaths.map(remote),
    ...(testsPath && { extensionTestsPath: remote(testsPath) }),
  };
  const isWorkbench = (/** @type {URL} */ url) => url.host === authority && url.pathname === '/';
  await context.route(isWorkbench, async (route) => {
    const response = await route.fetch();
    const page = await response.text();
    let found = false;
    const body = page.replace(CONFIGURATION, (_, before, settings, after) => {
      found = true;
      const configuration = { ...JSON.parse(unescapeAttribute(settings)), developmentOptions };
      return before + escapeAttribute(JSON.stringify(configuration)) + after;
    });
    if (response.ok() && !found) throw new Error('This VS Code keeps its configuration elsewhere in the page');
    await route.fulfill({ response, body });
  });
}

const CONFIGURATION = /(<meta id="vscode-workbench-web-configuration" data-settings=")([^"]*)(")/;

/** @param {string} text */
function unescapeAttribute(text) {
  return text.replaceAll('&quot;', '"').replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}

/** @param {string} text */
function escapeAttribute(text) {
  return text.replaceAll('&', '&amp;').replaceAll('"', '&quot;');
}
