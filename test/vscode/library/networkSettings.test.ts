import assert from 'node:assert/strict';
import { test } from 'node:test';
import { networkSettings } from '../../../src/vscode/library/networkSettings.ts';

const of = (settings: Readonly<Record<string, unknown>>, env: Readonly<Record<string, string>> = {}) =>
  networkSettings((name) => settings[name], env);

test('without settings nothing is between us and the web', () => {
  assert.deepEqual(of({}), { proxy: '', proxyStrictSSL: true, noProxy: [], systemCertificates: true });
});

test('the proxy is the one that is set, else the one of the environment', () => {
  const env = { HTTPS_PROXY: 'http://env:1', http_proxy: 'http://other:2' };
  assert.equal(of({ proxy: 'http://me:secret@set:8080' }, env).proxy, 'http://me:secret@set:8080/');
  assert.equal(of({ proxy: '' }, env).proxy, 'http://env:1/');
  assert.equal(of({}, { http_proxy: 'other:2' }).proxy, 'http://other:2/');
  assert.equal(of({ proxySupport: 'off', proxy: 'http://set:8080' }, env).proxy, '');
  for (const wrong of ['http://', '://', 'ftp://x', 7, null]) assert.equal(of({ proxy: wrong }).proxy, '');
});

test('the rest is taken if it is what it should be', () => {
  const settings = {
    proxyAuthorization: 'Basic x',
    proxyStrictSSL: false,
    noProxy: ['a.org', 5, ''],
    systemCertificates: false,
  };
  assert.deepEqual(of(settings, { no_proxy: 'b.org, .c.org' }), {
    proxy: '',
    proxyAuthorization: 'Basic x',
    proxyStrictSSL: false,
    noProxy: ['a.org', 'b.org', ' .c.org'],
    systemCertificates: false,
  });
  const odd = of({ proxyAuthorization: 5, proxyStrictSSL: 'no', noProxy: 'a.org', systemCertificates: null });
  assert.deepEqual(odd, { proxy: '', proxyStrictSSL: true, noProxy: [], systemCertificates: true });
});
