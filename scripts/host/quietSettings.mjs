// @ts-check

/** @typedef {'light' | 'dark' | 'hc' | 'hcLight'} Theme */

/** @type {Record<Theme, string>} */
const THEMES = {
  light: 'Light Modern',
  dark: 'Dark Modern',
  hc: 'Default High Contrast',
  hcLight: 'Default High Contrast Light',
};

/**
 * User settings for a window that shows our extension and nothing else: no welcome, no tips, no chat beside it.
 *
 * @param {Theme} theme
 * @returns {Record<string, unknown>}
 */
export function quietSettings(theme) {
  return {
    'workbench.colorTheme': THEMES[theme],
    'window.autoDetectColorScheme': false,
    'window.autoDetectHighContrast': false,
    'workbench.startupEditor': 'none',
    'workbench.welcomePage.walkthroughs.openOnInstall': false,
    'workbench.tips.enabled': false,
    'workbench.secondarySideBar.defaultVisibility': 'hidden',
    'workbench.enableExperiments': false,
    'security.workspace.trust.startupPrompt': 'never',
    'telemetry.telemetryLevel': 'off',
    'extensions.autoUpdate': false,
    'extensions.autoCheckUpdates': false,
    'extensions.ignoreRecommendations': true,
    'git.openRepositoryInParentFolders': 'never',
  };
}
