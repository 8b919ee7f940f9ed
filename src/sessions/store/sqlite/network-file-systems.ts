import { statfsSync } from 'node:fs';
import { ConfigurationError } from '../../../errors.ts';

/**
 * File systems on which a write-ahead log does not work, because machines do not share memory
 * (https://sqlite.org/wal.html), or locks of files may not hold (https://sqlite.org/faq.html#q5). By the numbers in
 * Linux's `linux/magic.h` and statfs(2); Azure Files are SMB or NFS, and Docker Desktop's shared folders FUSE.
 */
const NETWORK_FILE_SYSTEMS: ReadonlyMap<number, string> = new Map([
  [0x6969, 'NFS'],
  [0x517b, 'SMB'],
  [0xfe534d42, 'SMB'],
  [0xff534d42, 'CIFS'],
  [0x65735546, 'FUSE'],
  [0x01021997, '9P'],
  [0x00c36400, 'Ceph'],
  [0x5346414f, 'AFS'],
  [0x6b414653, 'AFS'],
  [0x73757245, 'Coda'],
  [0x564c, 'NCP'],
  [0x0bd00bd0, 'Lustre'],
  [0x47504653, 'GPFS'],
  [0x19830326, 'BeeGFS'],
  [0x01161970, 'GFS2'],
  [0x7461636f, 'OCFS2'],
  [0x786f4256, 'a shared folder of VirtualBox'],
  [0xbacbacbc, 'a shared folder of VMware'],
]);

/** @throws ConfigurationError for a folder on a network file system */
export function refuseNetworkFileSystem(
  folder: string,
  readType: (folder: string) => number = (path) => statfsSync(path).type,
): void {
  // a number of 32 bits may come with its sign
  const name = NETWORK_FILE_SYSTEMS.get(readType(folder) >>> 0);
  if (name === undefined) return;
  throw new ConfigurationError([
    `DATA_DIR is on a network file system (${name}), where the session store cannot work: choose a folder on a disk of this machine, or set REDIS_URL`,
  ]);
}
