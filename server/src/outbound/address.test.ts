import { describe, expect, it } from 'vitest';
import { AppError } from '../errors.ts';
import { checkOutboundUrl, isPublicAddress } from './address.ts';

const PRIVATE = [
  '127.0.0.1',
  '127.255.255.254',
  '0.0.0.0',
  '0.1.2.3',
  '10.0.0.1',
  '100.64.0.1',
  '169.254.169.254',
  '172.16.0.1',
  '172.31.255.255',
  '192.0.0.8',
  '192.0.2.1',
  '192.88.99.1',
  '192.168.1.1',
  '198.18.0.1',
  '198.51.100.1',
  '203.0.113.1',
  '224.0.0.1',
  '240.0.0.1',
  '255.255.255.255',
  '168.63.129.16',
  '::',
  '::1',
  '::127.0.0.1',
  '::ffff:127.0.0.1',
  '::ffff:7f00:1',
  '::ffff:0:7f00:1',
  '64:ff9b::7f00:1',
  '64:ff9b:1::7f00:1',
  '2002:7f00:1::',
  '2001:0:7f00:1::',
  '2001:db8::1',
  '3fff::1',
  'fc00::1',
  'fd00:ec2::254',
  'fe80::1',
  'fe80::1%eth0',
  'fec0::1',
  'ff02::1',
  '100::1',
  '5f00::1',
];

describe('isPublicAddress', () => {
  it.each(PRIVATE)('refuses %s', (address) => expect(isPublicAddress(address)).toBe(false));
  it.each(['', 'localhost', '127.1', '2130706433', '0x7f.1', '1.2.3.4.5', '1.2.3'])('refuses the text %j', (text) =>
    expect(isPublicAddress(text)).toBe(false),
  );
  it.each(['1.1.1.1', '93.184.216.34', '172.32.0.1', '100.128.0.1', '2606:4700::1111', '2a00:1450:4001::200e'])(
    'allows %s',
    (address) => expect(isPublicAddress(address)).toBe(true),
  );
});

describe('checkOutboundUrl', () => {
  const check = (url: string) => checkOutboundUrl(url, { allowPrivateNetwork: false, field: 'settings.url' });

  it.each([
    'http://127.1/',
    'http://0x7f.1/',
    'http://0x7f000001/',
    'http://017700000001/',
    'http://01200034567/',
    'http://2130706433/',
    'http://0/',
    'http://[::1]/',
    'http://[::ffff:7f00:1]/',
    'http://[::ffff:127.0.0.1]/',
    'http://[64:ff9b::a9fe:a9fe]/',
    'http://169.254.169.254/latest/meta-data',
    'http://localhost:8080/',
    'http://LOCALHOST./',
    'http://api.localhost/',
    'http://①②⑦.0.0.1/',
    'http://127。0。0。1/',
    'http://example.com:25/',
    'ftp://example.com/',
    'file:///etc/passwd',
    'javascript:alert(1)',
    'example.com/hook',
    'http://user:pass@example.com/',
    'http://user@example.com/',
    `https://example.com/${'a'.repeat(2_048)}`,
    '',
  ])('refuses %s', (url) => expect(() => check(url)).toThrow(AppError));

  it('gives the normal form of a good URL', () => {
    expect(check('HTTPS://Example.COM:443/a/../hook?x=1#top')).toBe('https://example.com/hook?x=1');
  });

  it('says what is wrong', () => {
    expect(() => check('http://127.1/')).toThrow('settings.url: 127.0.0.1 is a private or reserved address');
  });

  it('allows private addresses where the installation does', () => {
    const url = checkOutboundUrl('http://127.1:8080/', { allowPrivateNetwork: true, field: 'url' });
    expect(url).toBe('http://127.0.0.1:8080/');
  });
});
