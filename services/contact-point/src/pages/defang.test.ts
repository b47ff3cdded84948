import { expect, test } from 'vitest';
import { defang } from './defang.ts';

test.each([
  ['https://host.example/a.b?c=d.e', 'hxxps://host[.]example/a.b?c=d.e'],
  ['HTTP://Host.Example', 'hxxp://Host[.]Example'],
  ['https://a.example/?to=https://b.example/', 'hxxps://a[.]example/?to=https[://]b.example/'],
  ['host.example/path', 'host[.]example/path'],
  ['mailto:a@host.example', 'mailto[:]a@host[.]example'],
])('%s cannot be followed', (address, shown) => {
  expect(defang(address)).toBe(shown);
});
