/** A certificate authority of a test's own. Written out in DER, because Node reads certificates but makes none. */
import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { isIPv4 } from 'node:net';

export interface Certified {
  /** PEM */
  certificate: string;
  /** PEM */
  key: string;
}

export interface Authority {
  /** PEM, what NODE_EXTRA_CA_CERTS names. */
  certificate: string;
  /** A server's certificate for these host names and IPv4 addresses. */
  certify(hosts: readonly string[]): Certified;
}

const SEQUENCE = 0x30;
const SET = 0x31;
const ECDSA_WITH_SHA256 = der(SEQUENCE, objectId('1.2.840.10045.4.3.2'));

export function createAuthority(name: string): Authority {
  const issuer = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const isAuthority = extension('2.5.29.19', der(SEQUENCE, der(0x01, Buffer.from([0xff]))));
  const issue = (subject: string, key: KeyObject, extensions: Buffer[]) =>
    signed(
      der(
        SEQUENCE,
        der(0xa0, integer(2)),
        integer(Math.floor(Math.random() * 2 ** 31)),
        ECDSA_WITH_SHA256,
        commonName(name),
        der(SEQUENCE, time(Date.now() - 86_400_000), time(Date.now() + 30 * 86_400_000)),
        commonName(subject),
        key.export({ type: 'spki', format: 'der' }),
        der(0xa3, der(SEQUENCE, ...extensions)),
      ),
      issuer.privateKey,
    );
  return {
    certificate: issue(name, issuer.publicKey, [isAuthority]),
    certify(hosts) {
      const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
      const names = hosts.map((host) =>
        isIPv4(host)
          ? der(0x87, Buffer.from(host.split('.').map(Number)))
          : der(0x82, Buffer.from(host, 'ascii')),
      );
      return {
        certificate: issue(hosts[0]!, publicKey, [extension('2.5.29.17', der(SEQUENCE, ...names))]),
        key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
      };
    },
  };
}

function signed(content: Buffer, key: KeyObject): string {
  const signature = sign('sha256', content, key);
  const whole = der(SEQUENCE, content, ECDSA_WITH_SHA256, der(0x03, Buffer.from([0]), signature));
  const lines = whole.toString('base64').match(/.{1,64}/g)!;
  return `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`;
}

function commonName(text: string): Buffer {
  return der(SEQUENCE, der(SET, der(SEQUENCE, objectId('2.5.4.3'), der(0x0c, Buffer.from(text)))));
}

function extension(id: string, value: Buffer): Buffer {
  return der(SEQUENCE, objectId(id), der(0x04, value));
}

function time(at: number): Buffer {
  const text = new Date(at).toISOString().replace(/\.\d+/, '').replace(/[-:T]/g, '');
  return der(0x17, Buffer.from(text.slice(2)));
}

function integer(value: number): Buffer {
  const hex = value.toString(16);
  const bytes = Buffer.from(hex.length % 2 ? `0${hex}` : hex, 'hex');
  return der(0x02, bytes[0]! > 0x7f ? Buffer.concat([Buffer.from([0]), bytes]) : bytes);
}

function objectId(dotted: string): Buffer {
  const [first, second, ...rest] = dotted.split('.').map(Number) as [number, number, ...number[]];
  const bytes = rest.flatMap((part) => {
    const base128 = [part & 0x7f];
    for (let left = part >> 7; left > 0; left >>= 7) base128.unshift((left & 0x7f) | 0x80);
    return base128;
  });
  return der(0x06, Buffer.from([first * 40 + second, ...bytes]));
}

/** One element: its tag, the length of its content, its content. */
function der(tag: number, ...content: Buffer[]): Buffer {
  const body = Buffer.concat(content);
  if (body.length < 0x80) return Buffer.concat([Buffer.from([tag, body.length]), body]);
  const hex = body.length.toString(16);
  const length = Buffer.from(hex.length % 2 ? `0${hex}` : hex, 'hex');
  return Buffer.concat([Buffer.from([tag, 0x80 | length.length]), length, body]);
}
