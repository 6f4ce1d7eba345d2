// How requests leave this machine: directly, or through the proxy that the learner's network wants.
//
// VS Code patches Node's own http and https for extensions, but not a client that brings its own connections, and its patch
// would put its agent in the place of ours, which checks where it connects to. So the settings come in as arguments and are
// obeyed here. What we can't know is a proxy that only the operating system knows (a PAC script): the learner names it in
// the setting "http.proxy".

import { getCACertificates } from 'node:tls';
import { Agent, ProxyAgent } from 'undici';
import type { Dispatcher } from 'undici';
import type { AddressRules } from '../../core/library/address.ts';
import { guardedLookup, publicAddresses } from './guardedLookup.ts';
import type { Resolve } from './guardedLookup.ts';
import type { Limits } from './limits.ts';

export interface NetworkSettings {
  /** `http.proxy`, or what the environment says; empty for none. */
  readonly proxy: string;
  /** `http.proxyAuthorization`: the value of the header "Proxy-Authorization". */
  readonly proxyAuthorization?: string;
  /** `http.proxyStrictSSL`; of connections through a proxy only. A direct connection is always checked. */
  readonly proxyStrictSSL: boolean;
  /** Hosts that are reached without the proxy: `http.noProxy`, `NO_PROXY`. */
  readonly noProxy: readonly string[];
  /** `http.systemCertificates`: trust what the operating system trusts, besides what Node does. */
  readonly systemCertificates: boolean;
}

export interface NetworkParts {
  readonly settings: NetworkSettings;
  readonly resolve: Resolve;
  readonly rules: AddressRules;
  readonly limits: Limits;
}

export interface Network {
  /** The way to a host; throws a FetchError if that host is none that pages come from. */
  readonly wayTo: (host: string) => Promise<Dispatcher>;
  readonly close: () => Promise<void>;
}

/** Makes the ways out. Nothing is connected before something is asked for. */
export function createNetwork({ settings, resolve, rules, limits }: NetworkParts): Network {
  const { proxy, proxyAuthorization, proxyStrictSSL, noProxy, systemCertificates } = settings;
  const common = {
    headersTimeout: limits.headersMs,
    bodyTimeout: limits.idleMs,
    maxHeaderSize: limits.headerBytes,
    connections: 2,
    pipelining: 1,
    keepAliveTimeout: 4000,
    keepAliveMaxTimeout: 30_000,
  };
  const ca = certificates(systemCertificates);
  const tls = { timeout: limits.connectMs, allowH2: false, ...(ca && { ca: [...ca] }) };
  let direct: Agent | undefined;
  let proxied: ProxyAgent | undefined;
  return {
    wayTo: async (host) => {
      if (proxy === '' || isExempt(host, noProxy)) {
        direct ??= new Agent({ ...common, connect: { ...tls, lookup: guardedLookup(resolve, rules) } });
        return direct;
      }
      // The proxy looks the name up itself, and often is the only one that can. What we can tell beforehand, we do.
      const known = await resolve(host).catch(() => []);
      if (known.length > 0) await publicAddresses(host, () => Promise.resolve(known), rules);
      proxied ??= new ProxyAgent({
        ...common,
        uri: proxy,
        ...(proxyAuthorization !== undefined && proxyAuthorization !== '' && { token: proxyAuthorization }),
        requestTls: { ...tls, rejectUnauthorized: proxyStrictSSL },
        proxyTls: { ...tls, rejectUnauthorized: proxyStrictSSL },
        proxyTunnel: true,
      });
      return proxied;
    },
    close: async () => {
      await Promise.all([direct?.destroy(), proxied?.destroy()]);
    },
  };
}

/** Whether a host is among those that the learner's network reaches without its proxy. */
export function isExempt(host: string, noProxy: readonly string[]): boolean {
  return noProxy.some((entry) => {
    const name = entry
      .trim()
      .toLowerCase()
      .replace(/:\d+$/, '')
      .replace(/^\*?\./, '');
    return name === '*' || (name !== '' && (host === name || host.endsWith(`.${name}`)));
  });
}

/** Undefined for what Node trusts by itself. */
function certificates(system: boolean): readonly string[] | undefined {
  if (!system) return undefined;
  try {
    return [...new Set([...getCACertificates('default'), ...getCACertificates('system')])];
  } catch {
    // A system whose certificates can't be read is like one that has none of its own.
    return undefined;
  }
}
