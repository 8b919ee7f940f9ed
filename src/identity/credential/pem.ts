import { createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto';
import { ConfigurationError } from '../../errors.ts';
import { readTextFile } from '../../text-file.ts';

/** A private key as a file has it. */
export interface PrivateKeySource {
  privateKeyFile: string;
  /** Opens an encrypted one. */
  passphrase?: string | undefined;
}

/** What the sentences about a wrong credential call its parts. */
export interface CredentialNames {
  certificate: string;
  privateKey: string;
  /** Where the passphrase of an encrypted key comes from. */
  passphrase: string;
}

const CERTIFICATE = /-----BEGIN (?:X509 |TRUSTED )?CERTIFICATE-----[^-]+-----END [^-]+-----/g;
const PRIVATE_KEY = /-----BEGIN (?:RSA |EC |DSA |ENCRYPTED )?PRIVATE KEY-----.+?-----END [^-]+-----/s;
const NO_PEM = 'names a file that is not the PEM it should be';

/** Every certificate of a file, in any order and with anything beside them. @throws ConfigurationError */
export function readCertificates(file: string, name: string): X509Certificate[] {
  const blocks = readText(file, name).match(CERTIFICATE) ?? [];
  if (blocks.length === 0) throw new ConfigurationError([`${name} ${NO_PEM}`]);
  return blocks.map((block) => parsed(name, () => new X509Certificate(block)));
}

/** The RSA key of a file, in which certificates may stand too. @throws ConfigurationError */
export function readPrivateKey(source: PrivateKeySource, names: CredentialNames): KeyObject {
  const [block] = readText(source.privateKeyFile, names.privateKey).match(PRIVATE_KEY) ?? [];
  if (block === undefined) throw new ConfigurationError([`${names.privateKey} ${NO_PEM}`]);
  const key = /ENCRYPTED/.test(block)
    ? openEncrypted(block, source.passphrase, names)
    : parsed(names.privateKey, () => createPrivateKey(block));
  if (key.asymmetricKeyType === 'rsa') return key;
  throw new ConfigurationError([`${names.privateKey} must be an RSA key, which is what the platform takes`]);
}

function openEncrypted(block: string, passphrase: string | undefined, names: CredentialNames): KeyObject {
  if (passphrase === undefined) {
    throw new ConfigurationError([
      `${names.privateKey} is encrypted: put its passphrase into the environment variable ${names.passphrase}`,
    ]);
  }
  try {
    return createPrivateKey({ key: block, passphrase });
  } catch {
    throw new ConfigurationError([
      `${names.privateKey} is not opened by the passphrase in ${names.passphrase}`,
    ]);
  }
}

function readText(file: string, name: string): string {
  const read = readTextFile(file);
  if ('problem' in read) throw new ConfigurationError([`${name} ${read.problem}`]);
  return read.text;
}

function parsed<T>(name: string, parse: () => T): T {
  try {
    return parse();
  } catch {
    throw new ConfigurationError([`${name} ${NO_PEM}`]);
  }
}
