/** Whether the tests run as root; others make namespaces within one of their users' own. */
const isRoot = process.getuid?.() === 0;
const AS_ROOT = isRoot ? [] : ['--map-root-user'];

/** The command that runs another one as process 1 of a namespace of its own, as in a container. */
export const AS_PROCESS_ONE = ['unshare', ...AS_ROOT, '--pid', '--fork', '--mount-proc', '--kill-child'];

/** The command that runs another one where a folder is a memory disk of a given size, which nobody else sees. */
export function onMemoryDisk(folder: string, mebibytes: number): string[] {
  const mount = `mount -t tmpfs -o size=${mebibytes}m none "$0" && exec "$@"`;
  return ['unshare', ...AS_ROOT, '--mount', 'sh', '-c', mount, folder];
}

/**
 * The command that runs another one where no network is but this machine's own, and where this hosts file is the one
 * that counts: what stands in /etc/hosts stays as it is. All that it starts ends with it.
 */
export function withOwnHosts(hostsFile: string): string[] {
  const namespaces = ['--net', '--mount', '--pid', '--fork', '--mount-proc', '--kill-child'];
  const enter = 'PATH="$PATH:/usr/sbin"; ip link set lo up && mount --bind "$0" /etc/hosts && exec "$@"';
  return ['unshare', ...AS_ROOT, ...namespaces, 'sh', '-c', enter, hostsFile];
}
