/** What follows the options in `--help`: examples first, because they teach best. */
export const HELP_BELOW = `
Examples:
  $ npm run daemon
      one page of a made-up directory, from an emulator on this machine: no tenant needed
  $ npm run daemon -- parameters.json
      one page of your own directory, as JSON
  $ npm run daemon -- parameters.json --all --format csv --output users.csv
      everybody, into a file that appears when it is complete
  $ node dist/main/daemon.js parameters.json --all --format ndjson | jq -r .mail
      one user on each line, for other programs
  $ node dist/main/daemon.js parameters.json --search ada --select displayName,mail --format table
      a look at the people called so
  $ node dist/main/daemon.js parameters.json --all --format ndjson --output users.ndjson --resume
      a long list that may be interrupted: the same command goes on
  $ node dist/main/daemon.js parameters.json --admin-consent-url
      the address to send to an administrator

Environment:
  CLIENT_SECRET                  the secret, where the file holds none
  CLIENT_PRIVATE_KEY_PASSPHRASE  opens an encrypted private_key_file
  TOKEN_CACHE_SECRET             seals --token-cache: 32 characters or more

Exit status:
  0    done, or the reader of the output had enough
  1    something unexpected
  2    the command line or the parameters are wrong
  3    the identity platform refused the app
  4    a permission is missing: an administrator has to consent
  5    Microsoft Graph or the network failed
  130  interrupted
`;
