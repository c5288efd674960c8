import { describe, expect, test } from 'vitest';
import { isLasting } from '../../src/toado-api/network-errors.ts';

const coded = (code: string) => Object.assign(new Error(code), { code });

describe('what stays so until a person changes something is not tried again within a call', () => {
  for (const error of [
    coded('SELF_SIGNED_CERT_IN_CHAIN'),
    coded('UNABLE_TO_VERIFY_LEAF_SIGNATURE'),
    coded('CERT_HAS_EXPIRED'),
    coded('ERR_TLS_CERT_ALTNAME_INVALID'),
    new Error('Proxy response (407) !== 200 when HTTP Tunneling'),
    new Error('outer', { cause: coded('DEPTH_ZERO_SELF_SIGNED_CERT') }),
  ])
    test(`lasting: ${error.message}`, () => expect(isLasting(error)).toBe(true));

  for (const error of [
    coded('ECONNREFUSED'),
    coded('ECONNRESET'),
    coded('EAI_AGAIN'),
    coded('EPROTO'),
    new Error('Proxy response (502) !== 200 when HTTP Tunneling'),
    undefined,
  ])
    test(`passing: ${error?.message ?? 'no cause'}`, () => expect(isLasting(error)).toBe(false));
});
