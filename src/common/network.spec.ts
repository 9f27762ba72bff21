import { networkOf } from './network';

test.each([
  ['192.0.2.77', '192.0.2.0/24'],
  ['::ffff:192.0.2.77', '192.0.2.0/24'],
  ['2001:db8:0:7:1::9', '2001:db8::/48'],
  ['2001:DB8::1', '2001:db8::/48'],
  ['2001:db8:1:2::1', '2001:db8:1::/48'],
  ['::1', '::/48'],
  ['fe80::1%eth0', 'fe80::/48'],
])('%s is of the network %s', (address, network) => {
  expect(networkOf(address)).toBe(network);
});

test.each([[null], [''], ['nowhere'], ['192.0.2.777']])('%s is of none', address => {
  expect(networkOf(address)).toBeNull();
});
