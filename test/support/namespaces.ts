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

/**
 * The command that runs another one where nothing can be written but one folder, as a user who is nobody: with all rights
 * taken away, as containers and services are run.
 */
export function readOnlyBut(folder: string): string[] {
  const script = `
    mount --make-rprivate /
    mount --bind "$0" "$0"
    awk '$4 ~ /^rw/ { print $2 }' /proc/mounts | grep -vxF "$0" | grep -v '^/\\(proc\\|sys\\)' | while read -r point; do
      mount -o remount,bind,ro "$point" 2>/dev/null
    done
    if touch /tmp/written /var/tmp/written 2>/dev/null; then echo "something can be written" >&2; exit 1; fi
    exec "$@"`;
  const asNobody = isRoot ? ['setpriv', '--reuid=65534', '--regid=65534', '--clear-groups'] : ['setpriv'];
  const without = ['--no-new-privs', '--bounding-set=-all', '--inh-caps=-all'];
  return ['unshare', ...AS_ROOT, '--mount', 'sh', '-c', script, folder, ...asNobody, ...without];
}
