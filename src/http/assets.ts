import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import express, { type RequestHandler } from 'express';

/** The files of the public folder, each with a digest of what it holds. */
export type AssetDigests = ReadonlyMap<string, string>;

const DIGEST_CHARACTERS = 10;
const ONE_HOUR = 'public, max-age=3600';
/** An address that names the digest never means anything else. */
const FOR_GOOD = 'public, max-age=31536000, immutable';

/** Reads every file of the public folder once: none changes while the app runs. */
export function readAssetDigests(folder: string): AssetDigests {
  return new Map(readdirSync(folder).map((name) => [name, digestOf(readFileSync(join(folder, name)))]));
}

/** The address of a file, which changes with what the file holds. */
export function assetHref(digests: AssetDigests, name: string): string {
  const digest = digests.get(name);
  return digest === undefined ? `/${name}` : `/${name}?v=${digest}`;
}

/** The files are known from the start, so that a page does not look for one of its own name on the disk. */
export function publicFiles(folder: string, digests: AssetDigests): RequestHandler {
  const serve = express.static(folder, { index: false, redirect: false, cacheControl: false });
  return (request, response, next) => {
    const digest = digests.get(request.path.slice(1));
    if (digest === undefined || !['GET', 'HEAD'].includes(request.method)) {
      next();
      return;
    }
    response.set('Cache-Control', request.query.v === digest ? FOR_GOOD : ONE_HOUR);
    serve(request, response, next);
  };
}

function digestOf(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('base64url').slice(0, DIGEST_CHARACTERS);
}
