// The HTML frame of our pages. The pages themselves are scripts in dist/webview; the frame's policy lets in those, their
// styles, fonts and pictures, and nothing else.

import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import { plainHtml } from '../core/plainHtml.ts';

export type PageName = 'reader' | 'ask' | 'model' | 'review' | 'map' | 'quiz' | 'dashboard' | 'document' | 'pdf';

/** The options of a webview that shows one of our pages. */
export function pageOptions(extension: vscode.Uri): vscode.WebviewOptions {
  return {
    enableScripts: true,
    localResourceRoots: [vscode.Uri.joinPath(extension, 'dist', 'webview'), vscode.Uri.joinPath(extension, 'media')],
  };
}

/** What a page has from the start, besides its scripts. */
export interface PageExtras {
  /** A message that it needn't ask for. */
  readonly first?: object | undefined;
  /** What stands there until the page has made its own. */
  readonly behind?: Behind | undefined;
}

/** Elements that need no script. */
export interface Behind {
  readonly html: string;
  /** Whether there are pictures in it. */
  readonly pictures: boolean;
}

/** The HTML of a page, with a policy that holds for this load only. */
export function pageHtml(
  webview: vscode.Webview,
  extension: vscode.Uri,
  name: PageName,
  title: string,
  { first, behind }: PageExtras = {},
): string {
  const nonce = randomBytes(18).toString('base64');
  const file = (fileName: string): string =>
    webview.asWebviewUri(vscode.Uri.joinPath(extension, 'dist', 'webview', fileName)).toString();
  return `<!DOCTYPE html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy(webview, scriptsOf(name, nonce), behind?.pictures === true ? 'data:' : '')}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${plainHtml(title)}</title>
<link rel="stylesheet" href="${file(`${name}-style.css`)}">
</head>
<body>
${behind?.html ?? ''}
<div id="root"></div>
${first === undefined ? '' : `<script id="first" type="application/json">${JSON.stringify(first).replaceAll('<', String.raw`\u003c`)}</script>`}
${scriptFiles(name)
  .map((script) => `<script nonce="${nonce}" src="${file(script)}"></script>`)
  .join('\n')}
</body>
</html>`;
}

/** A page that says why there is nothing to show. No scripts. */
export function messageHtml(webview: vscode.Webview, message: string): string {
  return `<!DOCTYPE html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy(webview, '', '')}">
</head>
<body><p role="alert">${plainHtml(message)}</p></body>
</html>`;
}

/** The hash of nothing: the toolkit's components put an empty style into the page, which is allowed, and no other. */
const emptyStyle = "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='";

/** The scripts of a page, in the order in which they run. */
function scriptFiles(name: PageName): readonly string[] {
  return [...(name === 'pdf' ? ['pdf-thread.js'] : []), `${name}.js`];
}

/**
 * The PDF page reads files in a thread of its own, made of its own words; what decodes some pictures there is WebAssembly,
 * which this allows and nothing that makes scripts of words.
 */
function scriptsOf(name: PageName, nonce: string): string {
  return name === 'pdf'
    ? `script-src 'nonce-${nonce}' 'wasm-unsafe-eval'; worker-src blob:;`
    : `script-src 'nonce-${nonce}';`;
}

function policy(webview: vscode.Webview, scripts: string, pictures: string): string {
  const own = webview.cspSource;
  return `default-src 'none'; ${scripts} style-src ${own} ${emptyStyle}; font-src ${own}; img-src ${own} ${pictures};`;
}
