import { expect, test } from 'vitest';
import { isLoopback } from '../../src/core/loopback.ts';

test('only this machine is this machine', () => {
  const hosts = ['localhost', '127.0.0.1', '127.1.2.3', '::1', '[::1]'];
  expect(hosts.filter(isLoopback)).toEqual(hosts);
  const others = ['127.example.com', 'localhost.example.com', '10.0.0.1', '[::2]', '0.0.0.0', ''];
  expect(others.filter(isLoopback)).toEqual([]);
});
