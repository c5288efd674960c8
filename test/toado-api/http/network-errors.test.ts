import { describe, expect, test } from 'vitest';
import { describeNetworkError, isLasting } from '../../../src/toado-api/http/network-errors.ts';
import { ProxyFailure } from '../../../src/toado-api/http/proxy-tunnel.ts';

const PROXY = { url: new URL('http://proxy:3128'), variable: 'HTTPS_PROXY' };
const coded = (code: string) => Object.assign(new Error(code), { code });

describe('what stays so until a person changes something is not tried again within a call', () => {
  for (const error of [
    coded('SELF_SIGNED_CERT_IN_CHAIN'),
    coded('UNABLE_TO_VERIFY_LEAF_SIGNATURE'),
    coded('CERT_HAS_EXPIRED'),
    coded('ERR_TLS_CERT_ALTNAME_INVALID'),
    coded('HPE_HEADER_OVERFLOW'),
    new Error('write EPROTO 1408F10B:SSL routines:ssl3_get_record:wrong version number'),
    new Error('tlsv1 alert no application protocol'),
    new ProxyFailure(PROXY, 407),
    new Error('outer', { cause: coded('DEPTH_ZERO_SELF_SIGNED_CERT') }),
  ])
    test(`lasting: ${error.message}`, () => expect(isLasting(error)).toBe(true));

  for (const error of [
    coded('ECONNREFUSED'),
    coded('ECONNRESET'),
    coded('EAI_AGAIN'),
    coded('EPROTO'),
    new ProxyFailure(PROXY, 502),
    new ProxyFailure(PROXY, undefined, coded('ECONNRESET')),
    undefined,
  ])
    test(`passing: ${error?.message ?? 'no cause'}`, () => expect(isLasting(error)).toBe(false));
});

test('what did not answer is told with the whole wait', () => {
  const said = (code: string) =>
    describeNetworkError(coded(code), 'https://toado.example', 'within 24 s, in 3 attempts').sentence;
  for (const code of ['CONNECT_TIMEOUT', 'HEADERS_TIMEOUT', 'BODY_TIMEOUT'])
    expect(said(code)).toBe(`toado.example did not answer within 24 s, in 3 attempts (${code}).`);
});

test('whether a connection could not be opened, or broke, also where several addresses were tried', () => {
  const said = (error: Error) => describeNetworkError(error, 'https://toado.example').sentence;
  expect(said(coded('ECONNREFUSED'))).toBe(
    'The connection to toado.example could not be opened (ECONNREFUSED).',
  );
  expect(said(coded('ECONNRESET'))).toBe('The connection to toado.example broke (ECONNRESET).');
  expect(said(new AggregateError([coded('EHOSTUNREACH'), coded('ECONNREFUSED')]))).toBe(
    'The connection to toado.example could not be opened (EHOSTUNREACH).',
  );
});
