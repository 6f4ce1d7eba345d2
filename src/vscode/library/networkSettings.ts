// The learner's network as VS Code's settings and the environment describe it.

import type { NetworkSettings } from '../../library/fetch/network.ts';

/**
 * `setting` gives a value of VS Code's section "http" as the learner set it for this machine: a workspace, which anybody
 * may have written, must not choose where requests go.
 */
export function networkSettings(
  setting: (name: string) => unknown,
  env: Readonly<Partial<Record<string, string>>>,
): NetworkSettings {
  const fromEnv = (...names: readonly string[]): string =>
    names.map((name) => env[name]?.trim() ?? '').find((value) => value !== '') ?? '';
  const set = setting('proxy');
  const named = typeof set === 'string' && set.trim() !== '' ? set.trim() : '';
  const found = named !== '' ? named : fromEnv('HTTPS_PROXY', 'https_proxy', 'HTTP_PROXY', 'http_proxy');
  const authorization = setting('proxyAuthorization');
  const exempt = setting('noProxy');
  return {
    proxy: setting('proxySupport') === 'off' ? '' : proxyAddress(found),
    ...(typeof authorization === 'string' && authorization !== '' && { proxyAuthorization: authorization }),
    proxyStrictSSL: setting('proxyStrictSSL') !== false,
    noProxy: [
      ...(Array.isArray(exempt) ? exempt.filter((entry) => typeof entry === 'string') : []),
      ...fromEnv('NO_PROXY', 'no_proxy').split(','),
    ].filter((entry) => entry.trim() !== ''),
    systemCertificates: setting('systemCertificates') !== false,
  };
}

/** An address of a proxy, or nothing: what can't be one is as if it weren't set. */
function proxyAddress(text: string): string {
  if (text === '') return '';
  const url = URL.parse(/^[a-z][\w+.-]*:\/\//i.test(text) ? text : `http://${text}`);
  return url && ['http:', 'https:', 'socks5:', 'socks:'].includes(url.protocol) && url.hostname !== '' ? url.href : '';
}
