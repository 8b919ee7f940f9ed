import { expect, test } from '@jest/globals';
import { imageTypeOf } from '../../src/graph/users/image-type.ts';

test.each([
  ['ffd8ffe000104a46494600', 'image/jpeg'],
  ['89504e470d0a1a0a0000000d', 'image/png'],
  [Buffer.from('GIF89a..').toString('hex'), 'image/gif'],
  [Buffer.from('GIF87a..').toString('hex'), 'image/gif'],
  [Buffer.from('RIFF\n\r\0\0WEBPVP8').toString('hex'), 'image/webp'],
])('%s begins a picture: %s', (hex, type) => {
  expect(imageTypeOf(Buffer.from(hex, 'hex'))).toBe(type);
});

test.each([
  '',
  'ffd8',
  Buffer.from('GIF90a').toString('hex'),
  Buffer.from('<svg xmlns="http://www.w3.org/2000/svg">').toString('hex'),
  Buffer.from('<!doctype html>').toString('hex'),
  Buffer.from(' GIF89a').toString('hex'),
  Buffer.from('RIFF1234WAVE').toString('hex'),
])('%s begins none', (hex) => {
  expect(imageTypeOf(Buffer.from(hex, 'hex'))).toBeUndefined();
});
