import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isLoopback, isPublicAddress } from '../../../src/core/library/publicAddress.ts';

test('addresses of the public Internet are public', () => {
  for (const address of [
    '1.1.1.1',
    '151.101.3.42',
    '172.15.0.1',
    '172.32.0.1',
    '100.63.255.255',
    '2606:4700::6810:84e5',
  ]) {
    assert.equal(isPublicAddress(address), true, address);
  }
});

test('addresses of this machine, of local networks and of special purposes are not', () => {
  const refused = [
    ...[
      '0.0.0.0',
      '0.1.2.3',
      '127.0.0.1',
      '127.255.255.254',
      '10.0.0.1',
      '172.16.0.1',
      '172.31.255.255',
      '192.168.1.1',
    ],
    ...['169.254.169.254', '100.64.0.1', '100.127.255.255', '192.0.0.8', '192.0.2.1', '198.18.0.1', '198.51.100.1'],
    ...['203.0.113.7', '224.0.0.1', '239.255.255.255', '240.0.0.1', '255.255.255.255', '192.88.99.1'],
    ...['::', '::1', 'fe80::1', 'fe80::1%eth0', 'febf::1', 'fc00::1', 'fd12:3456::1', 'ff02::1', 'fec0::1'],
    // One address in the clothes of another.
    ...['::ffff:127.0.0.1', '::ffff:7f00:1', '::ffff:8.8.8.8', '::127.0.0.1', '::ffff:0:10.0.0.1'],
    ...['2002:7f00:1::', '2002:808:808::', '2001::1', '2001:db8::1', '3fff::1', '5f00::1', '100::1', '4000::1'],
    ...['64:ff9b::127.0.0.1', '64:ff9b::10.0.0.1', '64:ff9b::a9fe:a9fe', '64:ff9b:1::8.8.8.8'],
  ];
  assert.deepEqual(refused.filter(isPublicAddress), []);
});

test('of a translated address the one inside counts', () => {
  assert.equal(isPublicAddress('64:ff9b::151.101.3.42'), true);
});

test('what is written like no resolver writes is not public', () => {
  const refused = [
    '',
    'example.com',
    '1.1',
    '0x8.8.8.8',
    '010.8.8.8',
    '134744072',
    '8.8.8.8 ',
    '1.1.1.1:443',
    '[2606:4700::1]',
  ];
  assert.deepEqual(refused.filter(isPublicAddress), []);
});

test('this very machine is told apart', () => {
  assert.deepEqual(['127.0.0.1', '::1', '10.0.0.1', '1.1.1.1', 'x'].map(isLoopback), [true, true, false, false, false]);
});
