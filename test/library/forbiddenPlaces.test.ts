// Addresses, redirects and names that lead to where no page may come from.

import assert from 'node:assert/strict';
import type { IncomingMessage } from 'node:http';
import { createServer } from 'node:http';
import { connect } from 'node:net';
import { test } from 'node:test';
import { isExempt } from '../../src/library/fetch/network.ts';
import { fetching, listen, names, page, secureServer, webServer } from './webServer.ts';

test('a name that leads to a private place is refused before anything is connected', async (t) => {
  const table = {
    'router.test': ['192.168.1.1'],
    'cloud.test': ['169.254.169.254'],
    'carrier.test': ['100.64.1.1'],
    'zero.test': ['0.0.0.0'],
    'mapped.test': ['::ffff:127.0.0.1'],
    'six.test': ['fd00::1'],
    'translated.test': ['64:ff9b::10.0.0.1'],
    'tunnel.test': ['2002:7f00:1::'],
    // One honest answer among two doesn't help.
    'mixed.test': ['127.0.0.1', '10.0.0.1'],
    'none.test': [],
  };
  const server = await webServer(t, (_request, response) => void response.end(page()));
  const { failure } = fetching(t, { resolve: names(table) });
  for (const host of Object.keys(table)) {
    const { reason } = await failure(`http://${host}:${server.port}/`);
    assert.equal(reason, host === 'none.test' ? 'no-host' : 'forbidden-address', host);
  }
  assert.equal(server.requests.length, 0);
});

test('the connection goes to the very address that was checked: a name can’t change its mind in between', async (t) => {
  const server = await webServer(t, (_request, response) => {
    response.setHeader('connection', 'close');
    response.end(page());
  });
  let asked = 0;
  // Public the first time, private ever after.
  const { get, failure } = fetching(t, {
    resolve: () => Promise.resolve([asked++ === 0 ? '127.0.0.1' : '10.0.0.1']),
  });
  // The name is one that only the test knows: had Node looked it up by itself, it would have found nothing.
  assert.equal((await get(`http://rebind.test:${server.port}/`)).type, 'new');
  assert.equal(asked, 1);
  assert.equal(server.requests[0]?.headers.host, `rebind.test:${server.port}`);
  assert.equal((await failure(`http://rebind.test:${server.port}/`)).reason, 'forbidden-address');
  assert.equal(server.requests.length, 1);
});

test('redirects are followed, and each is held to the rules', async (t) => {
  const { origin, requests, port } = await webServer(t, (request, response) => {
    const to = new URL(request.url ?? '', 'http://x').searchParams.get('to');
    if (to === null) response.end(page());
    else response.writeHead(302, { location: to }).end('moved');
  });
  const resolve = names({ 'good.test': ['127.0.0.1'], 'bad.test': ['10.0.0.1'] });
  const { get, failure } = fetching(t, { resolve });
  const via = (to: string): string => `${origin}/?to=${encodeURIComponent(to)}`;
  assert.equal((await get(via('/'))).type, 'new');
  assert.equal((await get(via(`http://good.test:${port}/?to=%2F`))).type, 'new');
  const before = requests.length;
  const forbidden = [
    ...[`http://bad.test:${port}/`, `http://localhost:${port}/`, `http://127.0.0.2:${port}/`, `http://[::1]:${port}/`],
    ...[
      `http://2130706433:${port}/`.replace('127.0.0.1', ''),
      'http://10.0.0.1/',
      'http://example.com/',
      'https://169.254.169.254/',
    ],
    ...[
      'https://0x7f.1/',
      'file:///etc/passwd',
      'ftp://example.com/',
      'data:text/html,hi',
      'javascript:alert(1)',
      'about:blank',
    ],
    ...['https://user:secret@example.com/', 'https://example.com:22/', 'https://metadata.google.internal/'],
  ].filter((to) => !to.startsWith('http://2130706433'));
  for (const to of forbidden) assert.equal((await failure(via(to))).reason, 'forbidden-address', to);
  // Only the redirecting server was asked.
  assert.equal(requests.length, before + forbidden.length);
});

test('a redirect to this machine’s number in another spelling ends at what the number means', async (t) => {
  // Browsers and URL parsers read 2130706433 as 127.0.0.1: on the open Internet the rule against IP addresses ends it; here,
  // where tests allow loopback, it must be just that.
  const { origin, port } = await webServer(t, (request, response) => {
    if (request.url === '/end') response.end(page());
    else response.writeHead(307, { location: `http://2130706433:${port}/end` }).end();
  });
  assert.equal((await fetching(t).get(`${origin}/`)).type, 'new');
});

test('redirects in circles and without end', async (t) => {
  const { origin, requests } = await webServer(t, (request, response) => {
    const next = request.url === '/circle' ? '/circle' : `/${Number(request.url?.slice(1)) + 1}`;
    response.writeHead(301, { location: next }).end();
  });
  const { failure } = fetching(t, { limits: { redirects: 5 } });
  assert.equal((await failure(`${origin}/circle`)).reason, 'redirects');
  assert.equal((await failure(`${origin}/1`)).reason, 'redirects');
  assert.equal(requests.length, 12);
});

test('a redirect with an endless body isn’t waited for', async (t) => {
  const { origin } = await webServer(t, (request, response) => {
    if (request.url === '/end') response.end(page());
    else response.writeHead(302, { location: '/end' }).write('x'.repeat(100_000));
  });
  assert.equal((await fetching(t).get(`${origin}/`)).type, 'new');
});

/** A proxy that lets through to `port`, whatever is asked for. */
async function proxyTo(t: Parameters<typeof webServer>[0], port: number, token?: string) {
  const asked: string[] = [];
  const plain: IncomingMessage[] = [];
  const proxy = createServer((request, response) => {
    plain.push(request);
    response.writeHead(400).end();
  });
  proxy.on('connect', (request, socket) => {
    asked.push(request.url ?? '');
    if (token !== undefined && request.headers['proxy-authorization'] !== token) {
      socket.end('HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n');
      return;
    }
    const through = connect(port, '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 OK\r\n\r\n');
      through.pipe(socket).pipe(through);
    });
    for (const end of [through, socket]) end.on('error', () => void [through, socket].map((each) => each.destroy()));
  });
  t.after(() => {
    proxy.closeAllConnections();
    proxy.close();
  });
  return { address: `http://127.0.0.1:${await listen(proxy)}`, asked, plain };
}

test('through a proxy: it is asked for a tunnel by name, with its sign-in, and the certificate is checked', async (t) => {
  const port = await secureServer(t, (_request, response) => void response.end(page()));
  const { address, asked, plain } = await proxyTo(t, port, 'Basic c2VjcmV0');
  const settings = { proxy: address, proxyAuthorization: 'Basic c2VjcmV0' };
  // A name that only the proxy can look up.
  assert.equal((await fetching(t, { settings }).failure('https://site.test/')).reason, 'tls');
  const trusting = fetching(t, { settings: { ...settings, proxyStrictSSL: false } });
  assert.equal((await trusting.get('https://site.test/')).type, 'new');
  assert.deepEqual(asked, ['site.test:443', 'site.test:443']);
  assert.equal(plain.length, 0);
  const unknown = fetching(t, { settings: { proxy: address } });
  assert.equal((await unknown.failure('https://site.test/')).reason, 'proxy');
});

test('through a proxy, a name that is known to be private is refused', async (t) => {
  const { address, asked } = await proxyTo(t, 9);
  const { failure } = fetching(t, { settings: { proxy: address }, resolve: names({ 'inside.test': ['10.0.0.1'] }) });
  assert.equal((await failure('https://inside.test/')).reason, 'forbidden-address');
  assert.deepEqual(asked, []);
});

test('hosts that are exempt from the proxy are reached without it', async (t) => {
  const { port } = await webServer(t, (_request, response) => void response.end(page()));
  const { address, asked } = await proxyTo(t, port);
  const settings = { proxy: address, noProxy: ['direct.test'] };
  const { get } = fetching(t, { settings, resolve: names({ 'direct.test': ['127.0.0.1'] }) });
  assert.equal((await get(`http://direct.test:${port}/`)).type, 'new');
  assert.deepEqual(asked, []);
  assert.equal(isExempt('a.example.com', ['.example.com']), true);
  assert.equal(isExempt('a.example.com', ['*.example.com:443']), true);
  assert.equal(isExempt('example.com', [' Example.com ']), true);
  assert.equal(isExempt('anything', ['*']), true);
  assert.equal(isExempt('badexample.com', ['example.com', '', '.']), false);
});

test('a proxy that isn’t there', async (t) => {
  const { port } = await webServer(t, () => undefined);
  const { failure } = fetching(t, { settings: { proxy: `http://127.0.0.1:${port === 65535 ? port - 1 : port + 1}` } });
  const { reason } = await failure('https://site.test/');
  assert.ok(['refused-connection', 'proxy'].includes(reason), reason);
});
