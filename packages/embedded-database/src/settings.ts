import type { Place } from './place.ts';

export type Settings = Readonly<Record<string, string | number>>;

/** Settings of postgresql.conf with which the server is started; the caller's own come last. */
export function settingsFor(
  place: Place,
  { port, maxConnections, settings }: { port: number; maxConnections: number; settings: Settings },
): Settings {
  return {
    listen_addresses: '127.0.0.1',
    port,
    unix_socket_directories: '',
    max_connections: maxConnections,
    password_encryption: 'scram-sha-256',
    cluster_name: place.clusterName,
    timezone: 'UTC',
    // What is accepted must survive a power cut.
    fsync: 'on',
    synchronous_commit: 'on',
    full_page_writes: 'on',
    max_wal_size: '256MB',
    // Copy-on-write file systems (containers, macOS) make a new file faster than they overwrite an old one.
    wal_recycle: 'off',
    jit: 'off',
    // A statement and the DETAIL of its error show values of rows: the client gets them, no file does. For the same
    // reason errors of statements (they rank below "log") are left to the client.
    log_destination: 'stderr',
    log_min_messages: 'log',
    log_min_error_statement: 'panic',
    log_error_verbosity: 'terse',
    log_parameter_max_length: 0,
    log_parameter_max_length_on_error: 0,
    log_checkpoints: 'off',
    log_timezone: 'UTC',
    log_line_prefix: '%m [%p] %e ',
    lc_messages: 'C',
    ...settings,
  };
}

export function settingArguments(settings: Settings): string[] {
  return Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
}
