// Our pages in a real browser, outside VS Code: bundled as the build bundles them, served with the same content security
// policy, themed with the variables of a real VS Code, and with an extension that only listens.

import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { chromium as playwright, type Browser, type Page } from 'playwright-core';
import { chromium, CHROMIUM_ARGUMENTS } from '../../scripts/host/chromium.mjs';
import { pagesBuild } from '../../scripts/pages.mjs';
import type { PageName } from '../../src/vscode/page.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

export type Theme = 'light' | 'dark' | 'high-contrast' | 'high-contrast-light';

export interface OpenOptions {
  readonly theme?: Theme;
  readonly width?: number;
  readonly height?: number;
  /** What an earlier life of the page kept with `setState`. */
  readonly state?: unknown;
  readonly reducedMotion?: boolean;
  /** Device pixels per CSS pixel. */
  readonly scale?: number;
  /** The page's time can be put forward with `page.clock`. */
  readonly clock?: boolean;
}

/** A message of the page to the extension. */
export interface Posted {
  readonly type: string;
  readonly [field: string]: unknown;
}

export interface OpenPage {
  readonly page: Page;
  /** Sends a message as the extension would; bytes are bytes there, too. */
  readonly send: (message: unknown) => Promise<void>;
  /** Every message so far of this type. */
  readonly posted: (type: string) => Promise<Posted[]>;
  /** Waits for the first message of this type after the `after` first ones. */
  readonly next: (type: string, after?: number) => Promise<Posted>;
  /** What the page kept with `setState`. */
  readonly state: () => Promise<unknown>;
  /** What the content security policy forbade, and errors of the scripts. */
  readonly faults: readonly string[];
  readonly close: () => Promise<void>;
}

export interface Pages {
  readonly open: (name: PageName, options?: OpenOptions) => Promise<OpenPage>;
  readonly close: () => Promise<void>;
}

/** Bundles the pages and starts a browser. `texStyles` is what the curriculum's build would have written. */
export async function startPages(texStyles: string): Promise<Pages> {
  const folder = await mkdtemp(join(tmpdir(), 'pages-'));
  await writeFile(join(folder, 'tex.css'), texStyles);
  await bundle(folder);
  const themes = JSON.parse(await readFile(join(root, 'test/webview/fixtures/themes.json'), 'utf8')) as Record<
    Theme,
    Readonly<Record<string, string>>
  >;
  const { server, origin } = await serve(folder, themes);
  const browser = await playwright.launch({ executablePath: await chromium(), args: CHROMIUM_ARGUMENTS });
  return {
    open: (name, options = {}) => openPage(browser, origin, name, options),
    close: async () => {
      await browser.close();
      server.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function bundle(folder: string): Promise<void> {
  const pages = pagesBuild(root, folder);
  await build({
    ...pages,
    plugins: [
      ...(pages.plugins ?? []),
      {
        name: 'tex-styles',
        setup: (on) => {
          on.onResolve({ filter: /dist\/curriculum\/tex\.css$/ }, () => ({ path: join(folder, 'tex.css') }));
        },
      },
    ],
  });
}

const types: Readonly<Record<string, string>> = {
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.ttf': 'font/ttf',
  '.woff2': 'font/woff2',
};

async function serve(
  folder: string,
  themes: Readonly<Record<Theme, Readonly<Record<string, string>>>>,
): Promise<{ server: Server; origin: string }> {
  const server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://host');
    const send = (type: string, text: string | Buffer): void => {
      response.writeHead(200, { 'content-type': type }).end(text);
    };
    const theme = themes[(searchParams.get('theme') ?? 'dark') as Theme];
    if (pathname === '/theme.css') {
      send('text/css', themeStyles(theme));
    } else if (pathname === '/favicon.ico') {
      response.writeHead(204).end();
    } else if (pathname.endsWith('.html')) {
      send('text/html', html(pathname.slice(1, -5), searchParams.get('theme') ?? 'dark', origin));
    } else {
      readFile(join(folder, pathname)).then(
        (text) => {
          send(types[extname(pathname)] ?? 'application/octet-stream', text);
        },
        () => {
          response.writeHead(404).end();
        },
      );
    }
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { server, origin };
}

/** As in src/vscode/page.ts: the toolkit puts an empty style into the page. */
const emptyStyle = "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='";

/** The page's frame as the extension makes it, on a body as VS Code makes it. */
function html(name: string, theme: string, origin: string): string {
  const pdf = name === 'pdf' ? " 'wasm-unsafe-eval'; worker-src blob:" : '';
  const policy = `default-src 'none'; script-src 'nonce-abc'${pdf}; style-src ${origin} ${emptyStyle}; font-src ${origin}; img-src ${origin};`;
  const kind = theme === 'high-contrast-light' ? 'vscode-high-contrast vscode-high-contrast-light' : `vscode-${theme}`;
  return `<!DOCTYPE html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${name}</title>
<link rel="stylesheet" href="theme.css?theme=${theme}">
<link rel="stylesheet" href="${name}-style.css">
</head>
<body class="${kind}" data-vscode-theme-kind="vscode-${theme}">
<div id="root"></div>
${name === 'pdf' ? '<script nonce="abc" src="pdf-thread.js"></script>' : ''}
<script nonce="abc" src="${name}.js"></script>
</body>
</html>`;
}

function themeStyles(variables: Readonly<Record<string, string>>): string {
  const lines = Object.entries(variables).map(([name, value]) => `${name}: ${value};`);
  return `html { ${lines.join(' ')} }
@layer vscode-default {
  html { background: var(--vscode-editor-background); }
  body { margin: 0; padding: 0 20px; color: var(--vscode-editor-foreground); font-size: var(--vscode-font-size); }
  a, a code { color: var(--vscode-textLink-foreground); }
  a:focus, input:focus, textarea:focus { outline: 1px solid -webkit-focus-ring-color; outline-offset: -1px; }
  code { color: var(--vscode-textPreformat-foreground); padding: 1px 3px; border-radius: 4px; }
}`;
}

async function openPage(browser: Browser, origin: string, name: string, options: OpenOptions): Promise<OpenPage> {
  const { theme = 'dark', width = 1000, height = 800, scale = 1, reducedMotion = true } = options;
  const context = await browser.newContext({
    viewport: { width, height },
    deviceScaleFactor: scale,
    reducedMotion: reducedMotion ? 'reduce' : 'no-preference',
  });
  const page = await context.newPage();
  if (options.clock === true) await page.clock.install();
  const faults: string[] = [];
  page.on('pageerror', (error) => {
    faults.push(error.message);
  });
  page.on('console', (message) => {
    if (message.type() === 'error') faults.push(message.text());
  });
  await page.addInitScript(`
    window.posted = [];
    window.kept = ${options.state === undefined ? 'undefined' : JSON.stringify(options.state)};
    window.acquireVsCodeApi = () => ({
      postMessage: (message) => void posted.push(structuredClone(message)),
      getState: () => window.kept,
      setState: (state) => void (window.kept = structuredClone(state)),
    });
  `);
  await page.goto(`${origin}/${name}.html?theme=${theme}`);
  const posted = (type: string): Promise<Posted[]> =>
    page.evaluate<Posted[]>(`posted.filter((message) => message.type === ${JSON.stringify(type)})`);
  const next = async (type: string, after = 0): Promise<Posted> => {
    // Not waitForFunction: it evaluates in the page, where the policy forbids that.
    for (const end = Date.now() + 5000; Date.now() < end;) {
      const found = (await posted(type))[after];
      if (found) return found;
      await sleep(20);
    }
    throw new Error(`the page sent no ${type} message`);
  };
  await next('ready');
  return {
    page,
    faults,
    posted,
    // Resolves when the page has seen it: messages are delivered in order.
    send: (message) =>
      page.evaluate<undefined>(
        `new Promise((seen) => {
          window.addEventListener('message', () => requestAnimationFrame(() => seen(undefined)), { once: true });
          window.postMessage(${inPage(message)}, '*');
        })`,
      ),
    next,
    state: () => page.evaluate<unknown>('window.kept'),
    close: () => context.close(),
  };
}

/** An expression that is the message, in the page. */
function inPage(message: unknown): string {
  const json = JSON.stringify(message, (_key, value: unknown) =>
    value instanceof Uint8Array ? { $bytes: Buffer.from(value).toString('base64') } : value,
  );
  if (!json.includes('"$bytes"')) return json;
  return `JSON.parse(${JSON.stringify(json)}, (key, value) =>
    typeof value?.$bytes === 'string' ? Uint8Array.from(atob(value.$bytes), (c) => c.charCodeAt(0)) : value)`;
}
