/** How well-known REST frameworks and APIs write an error. */
import { expect, test } from 'vitest';
import { readErrorBody } from '../../../src/toado-api/errors/error-body.ts';
import { contractCode, isNotFoundCode } from '../../../src/toado-api/errors/error-codes.ts';
import type { Data } from '../answers/styled-answers.ts';

const ERRORS: [style: string, body: Data, code: string | undefined, message: RegExp][] = [
  [
    'JSON:API',
    {
      errors: [
        {
          status: '422',
          code: 'invalid',
          title: 'Invalid',
          detail: 'is too long',
          source: { pointer: '/data/attributes/title' },
        },
      ],
    },
    'invalid',
    /title: is too long/,
  ],
  [
    'Laravel',
    { message: 'The given data was invalid.', errors: { title: ['is required.', 'is odd.'] } },
    undefined,
    /invalid\.\ntitle: is required\.; is odd\./,
  ],
  [
    'Stripe',
    {
      error: {
        type: 'invalid_request_error',
        code: 'parameter_missing',
        message: 'Missing title.',
        param: 'title',
      },
    },
    'parameter_missing',
    /Missing title/,
  ],
  [
    'GitHub',
    { message: 'Validation Failed', errors: [{ resource: 'Issue', field: 'title', code: 'missing_field' }] },
    'missing_field',
    /Validation Failed\ntitle: missing_field/,
  ],
  [
    'Spring',
    { timestamp: 'x', status: 400, error: 'Bad Request', message: 'title must not be blank', path: '/t' },
    undefined,
    /^title must not be blank$/,
  ],
  [
    'Spring, by field',
    { status: 400, error: 'Bad Request', errors: [{ field: 'title', defaultMessage: 'must not be blank' }] },
    undefined,
    /title: must not be blank/,
  ],
  [
    'Django REST',
    { title: ['This field is required.'], non_field_errors: ['Odd.'] },
    undefined,
    /title: This field is required\.\nnon_field_errors: Odd\./,
  ],
  ['Django REST, one', { detail: 'Not found.' }, undefined, /^Not found\.$/],
  [
    'FastAPI',
    { detail: [{ loc: ['body', 'title'], msg: 'field required', type: 'missing' }] },
    undefined,
    /body\.title: field required/,
  ],
  [
    'Google',
    {
      error: {
        code: 400,
        message: 'Bad.',
        status: 'INVALID_ARGUMENT',
        details: [{ fieldViolations: [{ field: 'title', description: 'is empty' }] }],
      },
    },
    'INVALID_ARGUMENT',
    /Bad\.[\s\S]*title: is empty/,
  ],
  [
    'OAuth',
    { error: 'invalid_token', error_description: 'It has expired.' },
    'invalid_token',
    /^It has expired\.$/,
  ],
  [
    '.NET',
    { Message: 'The request is invalid.', ModelState: { 'ticket.title': ['The title is required.'] } },
    undefined,
    /^The request is invalid\.\nticket\.title: The title is required\.$/,
  ],
  [
    'ASP.NET Core',
    {
      type: 'https://tools.ietf.org/html/rfc9110#section-15.5.1',
      title: 'Invalid.',
      status: 400,
      errors: { Title: ['is required.'] },
    },
    undefined,
    /^Invalid\.\nTitle: is required\.$/,
  ],
  [
    'NestJS',
    { statusCode: 400, message: ['title must be shorter', 'title must be text'], error: 'Bad Request' },
    undefined,
    /^title must be shorter\ntitle must be text$/,
  ],
  [
    'Zod',
    {
      success: false,
      error: { name: 'ZodError', issues: [{ code: 'too_small', path: ['title'], message: 'Too small' }] },
    },
    undefined,
    /^title: Too small$/,
  ],
  [
    'Zod, flattened',
    { error: { formErrors: [], fieldErrors: { title: ['Required'] } } },
    undefined,
    /^title: Required$/,
  ],
  [
    'Zod, as a tree',
    { error: { errors: [], properties: { title: { errors: ['Too small'] } } } },
    undefined,
    /^title: Too small$/,
  ],
  [
    'Zod, as a text',
    { error: { name: 'ZodError', message: '[{"code":"too_small","path":["title"],"message":"Too small"}]' } },
    undefined,
    /^title: Too small$/,
  ],
  [
    'tRPC',
    { error: { json: { message: 'Bad.', code: -32600, data: { code: 'BAD_REQUEST' } } } },
    'BAD_REQUEST',
    /^Bad\.$/,
  ],
  [
    'GraphQL',
    { data: null, errors: [{ message: 'Not there', path: ['ticket'], extensions: { code: 'NOT_FOUND' } }] },
    'NOT_FOUND',
    /^ticket: Not there$/,
  ],
  [
    'Symfony',
    { violations: [{ propertyPath: 'title', message: 'must not be blank', code: 'c1' }] },
    undefined,
    /^title: must not be blank$/,
  ],
  [
    'JSend',
    { status: 'fail', data: { title: 'A title is required' } },
    undefined,
    /^title: A title is required$/,
  ],
  [
    'Rails, a field called description',
    { title: ['is blank'], description: ['is too long'] },
    undefined,
    /^title: is blank\ndescription: is too long$/,
  ],
  [
    'Jira',
    { errorMessages: ['No.'], errors: { summary: 'is needed' } },
    undefined,
    /summary: is needed\nNo\./,
  ],
  [
    'names with underscores',
    { error_code: 'E12', error_message: 'Too long', error_details: { title: 'at most 200' } },
    'E12',
    /^Too long\ntitle: at most 200$/,
  ],
  [
    'Apigee',
    { fault: { faultstring: 'No access', detail: { errorcode: 'oauth.v2.Invalid' } } },
    undefined,
    /^No access/,
  ],
  [
    'an issue for each field',
    { error: { message: 'No', details: [{ field: 'title', issue: 'too long' }] } },
    undefined,
    /title: too long/,
  ],
  [
    'a parameter beside its message',
    { error: { code: 'x', message: 'is missing', param: 'title' } },
    'x',
    /^title: is missing$/,
  ],
];
test.each(ERRORS)('an error: %s', (_, body, code, message) => {
  const read = readErrorBody(body);
  expect(read.code).toBe(code);
  expect(read.message).toMatch(message);
});

test.each([
  [{ status: '404' }, 404],
  [{ errors: [{ status: '422' }] }, 422],
  [{ error: { code: 403, message: 'x' } }, 403],
  [{ statusCode: 409 }, 409],
  [{ status: 'error', code: 'x' }, undefined],
])('a status in the body: %j', (body, status) => {
  expect(readErrorBody(body).status).toBe(status);
});

const CODES: [given: string, code: string | undefined][] = [
  ['BAD_USER_INPUT', 'validation_error'],
  ['parameterMissing', 'validation_error'],
  ['invalid_auth', 'unauthorized'],
  ['not_authorized', 'forbidden'],
  ['ACCESS_TOKEN_SCOPE_INSUFFICIENT', 'insufficient_scope'],
  ['ratelimited', 'rate_limited'],
  ['already_exists', 'conflict'],
  ['constructor', undefined],
  ['teapot', undefined],
];
test.each(CODES)('the code %s', (given, code) => {
  expect(contractCode(given)).toBe(code);
});

test('codes that say no more than that something isn’t there', () => {
  for (const code of ['NOT_FOUND', 'resource_missing', 'ObjectNotFound', 'gone'])
    expect(isNotFoundCode(code), code).toBe(true);
  for (const code of ['ticket_not_found', 'route_not_found', 'not_found_yet'])
    expect(isNotFoundCode(code), code).toBe(false);
});
